import { setTimeout as wait } from 'node:timers/promises';
import type { ChangeFeed, TaskRepository } from '@taskward/application';
import type { UserId } from '@taskward/domain';
import type { Test } from 'tap';
import { aDraft, anOrigin, aUser } from '../support/builders.ts';
import { eventually } from '../support/processes/processes.ts';

interface Scope {
  teardown(close: () => Promise<void>): void;
}

/** A process that tells of changes, and the store of another one that makes them without telling anybody. */
export interface Feeds {
  readonly feed: ChangeFeed;
  readonly elsewhere: TaskRepository;
}

// A feed tells within a second; a busy machine gets more.
const withinMilliseconds = 10_000;

const counting = (feed: ChangeFeed, owner: UserId) => {
  let told = 0;
  const unsubscribe = feed.subscribe(owner, () => {
    told += 1;
  });
  return {
    told: () => told,
    isTold: (more = 1, from = told) => eventually(() => told >= from + more, withinMilliseconds),
    unsubscribe,
  };
};

/** Asserts what the port promises. */
export const testChangeFeed = (t: Test, makeFeeds: (scope: Scope) => Promise<Feeds>) => {
  const add = ({ elsewhere }: Feeds, owner: UserId) => elsewhere.add(aDraft(owner), anOrigin());

  t.test('announces to all subscribers of the owner, and to nobody else', async (t) => {
    const { feed } = await makeFeeds(t);
    const [owner, other] = [aUser(), aUser()];
    const [one, two, third] = [counting(feed, owner), counting(feed, owner), counting(feed, other)];
    t.equal(one.told(), 0, 'subscribing tells nothing');
    feed.announce(owner);
    t.ok(await one.isTold(1, 0));
    t.ok(await two.isTold(1, 0));
    t.equal(third.told(), 0);
    for (const { unsubscribe } of [one, two, third]) unsubscribe();
  });

  t.test('tells of changes that are made elsewhere', async (t) => {
    const feeds = await makeFeeds(t);
    const [owner, other] = [aUser(), aUser()];
    const [one, third] = [counting(feeds.feed, owner), counting(feeds.feed, other)];
    // The first change makes the user.
    for (let n = 0; n < 3; n += 1) {
      const before = one.told();
      await add(feeds, owner);
      t.ok(await one.isTold(1, before), `change ${n + 1}`);
    }
    t.equal(third.told(), 0, 'and nobody of another owner’s');
    one.unsubscribe();
    third.unsubscribe();
  });

  t.test('tells who subscribes later', async (t) => {
    const feeds = await makeFeeds(t);
    const owner = aUser();
    await add(feeds, owner);
    const first = counting(feeds.feed, owner);
    await add(feeds, owner);
    t.ok(await first.isTold(1, 0));
    const second = counting(feeds.feed, owner);
    await add(feeds, owner);
    t.ok(await second.isTold(1, 0));
    first.unsubscribe();
    const before = second.told();
    await add(feeds, owner);
    t.ok(await second.isTold(1, before), 'also when another one has left');
    second.unsubscribe();
  });

  t.test('tells nothing after the subscription ended, which may be ended twice', async (t) => {
    const feeds = await makeFeeds(t);
    const owner = aUser();
    const gone = counting(feeds.feed, owner);
    gone.unsubscribe();
    const present = counting(feeds.feed, owner);
    gone.unsubscribe();
    await add(feeds, owner);
    feeds.feed.announce(owner);
    t.ok(await present.isTold(1, 0));
    present.unsubscribe();
    await wait(0);
    t.equal(gone.told(), 0);
  });

  t.test('one function subscribed twice has two subscriptions', async (t) => {
    const { feed } = await makeFeeds(t);
    const owner = aUser();
    let told = 0;
    const onChange = () => {
      told += 1;
    };
    const [first, second] = [feed.subscribe(owner, onChange), feed.subscribe(owner, onChange)];
    first();
    feed.announce(owner);
    t.ok(await eventually(() => told > 0, withinMilliseconds));
    second();
  });
};
