import { setTimeout as wait } from 'node:timers/promises';
import { type SchedulerPace, startReminderScheduler } from '@taskward/api';
import type { DueOwner, ReminderUseCases } from '@taskward/application';
import type { UserId } from '@taskward/domain';
import t, { type Test } from 'tap';
import { aUser } from '../support/builders.ts';
import { aLog } from '../support/http/doubles.ts';

const pace: SchedulerPace = { interval: 10, pauseAfterFailure: 200, tasksAtOnce: 100, ownersAtOnce: 4 };

const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await wait(2);
};

/** A scheduler over a queue, each of whose owners is done when its reminders were fired. */
const aScheduler = (
  t: Test,
  owners: readonly UserId[],
  fireReminders: (due: DueOwner) => Promise<{ missed: number } | undefined>,
  more: Partial<SchedulerPace & { find: () => Promise<void> }> = {},
) => {
  const { find = async () => {}, ...ownPace } = more;
  const left = new Set(owners);
  const queries: { limit: number; except: readonly UserId[] }[] = [];
  const reminders: ReminderUseCases = {
    async findDueReminders(_actor, query) {
      queries.push(query);
      await find();
      const found = [...left].filter((owner) => !query.except.includes(owner)).slice(0, query.limit);
      return found.map((owner) => ({ owner, ids: [1] }));
    },
    async fireReminders(_actor, due) {
      const counts = await fireReminders(due);
      left.delete(due.owner);
      return { fired: 1, late: 0, missed: 0, ...counts };
    },
  };
  const { lines, logger } = aLog();
  const scheduler = startReminderScheduler(reminders, logger, { ...pace, ...ownPace });
  t.teardown(() => scheduler.stop());
  return { left, queries, lines, scheduler };
};

t.test('everything that is due is fired, at once where there is more, a few owners at a time', async (t) => {
  const owners = Array.from({ length: 40 }, aUser);
  let [running, most] = [0, 0];
  const fired: UserId[] = [];
  const fire = async ({ owner }: DueOwner) => {
    running += 1;
    most = Math.max(most, running);
    fired.push(owner);
    await wait(2);
    running -= 1;
    return undefined;
  };
  const { left, queries } = aScheduler(t, owners, fire, { tasksAtOnce: 10, interval: 60_000 });
  await until(() => left.size === 0);
  t.same(new Set(fired), new Set(owners));
  t.equal(fired.length, 40, 'nobody’s twice');
  t.equal(most, pace.ownersAtOnce);
  t.not(fired.join(), owners.join(), 'in another order in each process');
  t.ok(queries.length >= 4 && queries.length <= 6, `${queries.length} looks, without a pause between them`);
});

t.test('an owner whose reminders cannot be fired, or not yet, holds up no other', async (t) => {
  const [failing, hanging, ...others] = Array.from({ length: 12 }, aUser) as [UserId, UserId, ...UserId[]];
  const hang = Promise.withResolvers<undefined>();
  let attempts = 0;
  const fire = async ({ owner }: DueOwner) => {
    if (owner === hanging) return hang.promise;
    if (owner !== failing) return undefined;
    attempts += 1;
    if (attempts < 3) throw new Error('not now');
    return undefined;
  };
  // Both are first in the queue, which is asked for two at a time.
  const { left, lines } = aScheduler(t, [failing, hanging, ...others], fire, { tasksAtOnce: 2 });
  await until(() => left.size === 2);
  t.same([...left], [failing, hanging], 'all others are done');
  t.equal(attempts, 1, 'it is left alone for a while');
  await until(() => !left.has(failing));
  t.equal(attempts, 3, 'then tried again, until it works');
  hang.resolve(undefined);
  await until(() => left.size === 0);
  t.match(lines, [/Reminders could not be fired now/], 'the log says so once');
});

t.test('an outage is logged once, and reminders that were missed are', async (t) => {
  let isDown = true;
  const find = async () => {
    if (isDown) throw new Error('the database is away');
  };
  const { left, queries, lines } = aScheduler(t, [aUser()], async () => ({ missed: 3 }), { find });
  await until(() => queries.length >= 3);
  t.match(lines, [/the database is away/]);
  isDown = false;
  await until(() => left.size === 0 && lines.length > 1);
  t.match(lines, [/could not be fired/, /missed: 3.*were missed/]);
  t.equal(lines.length, 2);
});

t.test('stopping begins with no other owner, and waits for those under way', async (t) => {
  const owners = Array.from({ length: 10 }, aUser);
  const hang = Promise.withResolvers<undefined>();
  let begun = 0;
  const { left, scheduler } = aScheduler(t, owners, () => {
    begun += 1;
    return hang.promise;
  });
  await until(() => begun === pace.ownersAtOnce);
  let isStopped = false;
  const stopped = scheduler.stop().then(() => {
    isStopped = true;
  });
  await wait(30);
  t.notOk(isStopped);
  hang.resolve(undefined);
  await stopped;
  t.equal(begun, pace.ownersAtOnce);
  t.equal(left.size, owners.length - pace.ownersAtOnce);
  await wait(30);
  t.equal(begun, pace.ownersAtOnce, 'it looks no more');
});
