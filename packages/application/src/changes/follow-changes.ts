import { type Actor, assertMayAct, invalid, type UserId } from '@taskward/domain';
import { changesGone } from '../errors.ts';
import type { ChangeFeed } from '../ports/change-feed.ts';
import type { ChangeLog } from '../ports/change-log.ts';
import { type ChangePage, type ChangePosition, endOf, isWithin, makeListChanges } from './list-changes.ts';

/** Follows an owner's changes as they are made. */
export interface Follower {
  /** Where it began. */
  readonly start: ChangePosition;
  /**
   * Waits until there are changes or reminders after those that it returned before, and returns them: one call at a time.
   * @returns `undefined` once it has ended
   * @throws DomainError `changes/gone`, `database/unavailable`; it can be called again
   */
  next(): Promise<ChangePage | undefined>;
  /** Ends it. A pending `next` resolves. */
  end(): void;
}

const pageSize = 100;

/**
 * Makes the use-case that follows the owner's changes: from a position on, or from now on. Nothing is read while nothing
 * changes, and followers at the same position share each read.
 * @throws DomainError `auth/wrong-user`, `request/invalid` for a position within a snapshot, `changes/gone` for a position
 * that the log does not reach, `database/unavailable`
 */
export const makeFollowChanges = ({ changes, feed }: { changes: ChangeLog; feed: ChangeFeed }) => {
  const listChanges = makeListChanges({ changes });
  const reading = new Map<string, Promise<ChangePage>>();

  const keyOf = (owner: UserId, { epoch, revision }: ChangePosition) => JSON.stringify([owner, epoch, revision]);
  const read = (actor: Actor, owner: UserId, since: ChangePosition): Promise<ChangePage> => {
    const key = keyOf(owner, since);
    const running = reading.get(key);
    if (running !== undefined) return running;
    const page = listChanges(actor, { owner, since, limit: pageSize }).finally(() => {
      if (reading.get(key) === page) reading.delete(key);
    });
    reading.set(key, page);
    return page;
  };

  return async (actor: Actor, input: { owner: UserId; since?: ChangePosition }): Promise<Follower> => {
    const { owner, since } = input;
    assertMayAct(actor, owner);
    if (since?.afterId !== undefined) {
      throw invalid([
        { field: 'since', message: 'is within a snapshot: read the changes to the last page, and take its cursor' },
      ]);
    }
    let position: ChangePosition | undefined;
    let isBehind = false;
    let hasEnded = false;
    let wake = () => {};
    // Subscribed before the log is read, so that no change falls between.
    const unsubscribe = feed.subscribe(owner, (revision) => {
      if (revision !== undefined && revision === position?.revision) return;
      // Who begins to read now must not get what was read before this change.
      if (position !== undefined) reading.delete(keyOf(owner, position));
      isBehind = true;
      wake();
    });
    const end = () => {
      hasEnded = true;
      unsubscribe();
      wake();
    };
    const woken = () =>
      new Promise<void>((resolve) => {
        wake = resolve;
      });

    const begin = async (): Promise<ChangePosition> => {
      const bounds = await changes.bounds(owner);
      if (since === undefined) return endOf(bounds);
      if (!isWithin(since, bounds)) throw changesGone();
      isBehind ||= since.revision < bounds.revision;
      return since;
    };
    const start = await begin().catch((error) => {
      end();
      throw error;
    });
    position = start;

    return {
      start,
      end,
      async next() {
        while (!hasEnded) {
          if (!isBehind) await woken();
          if (hasEnded) break;
          isBehind = false;
          const page = await read(actor, owner, position as ChangePosition).catch((error) => {
            isBehind = true;
            throw error;
          });
          position = page.next;
          isBehind ||= page.hasMore;
          if (page.changes.length + page.reminders.length > 0) return page;
        }
        return undefined;
      },
    };
  };
};
