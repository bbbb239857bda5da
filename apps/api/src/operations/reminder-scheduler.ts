import { setTimeout as wait } from 'node:timers/promises';
import type { DueOwner, ReminderUseCases } from '@taskward/application';
import { operator, type UserId } from '@taskward/domain';
import type { Logger } from 'pino';

/** How often the scheduler looks, in milliseconds, and how much it takes at once. */
export interface SchedulerPace {
  readonly interval: number;
  /** How long an owner is left alone whose reminders could not be fired. */
  readonly pauseAfterFailure: number;
  readonly tasksAtOnce: number;
  /** How many owners' reminders are fired at the same time. */
  readonly ownersAtOnce: number;
}

/** Fires reminders until it is stopped. */
export interface ReminderScheduler {
  /** Begins with no other owner, and waits for those under way. */
  stop(): Promise<void>;
}

const usualPace: SchedulerPace = { interval: 1_000, pauseAfterFailure: 10_000, tasksAtOnce: 500, ownersAtOnce: 8 };

// Several processes find the same owners: in another order each, they seldom take the same one at the same time.
const shuffled = <T>(list: readonly T[]): T[] =>
  list
    .map((item) => [Math.random(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);

/**
 * Starts to fire reminders that come due. Every process may have such a scheduler: each reminder is fired by one, and an owner
 * whose reminders cannot be fired now holds up no other.
 */
export const startReminderScheduler = (
  reminders: ReminderUseCases,
  log: Pick<Logger, 'warn'>,
  pace: SchedulerPace = usualPace,
): ReminderScheduler => {
  const underWay = new Map<UserId, Promise<void>>();
  /** When to try again, by `performance.now()`. */
  const paused = new Map<UserId, number>();
  const stopping = new AbortController();
  let isFailing = false;

  const noteFailure = (error: unknown): void => {
    if (!isFailing) log.warn({ err: error }, 'Reminders could not be fired now; tried again every few seconds.');
    isFailing = true;
  };

  const fire = async (due: DueOwner): Promise<void> => {
    try {
      const { missed } = await reminders.fireReminders(operator, due);
      if (missed > 0) log.warn({ missed }, 'Reminders were missed: they were found more than an hour late.');
      isFailing = false;
    } catch (error) {
      paused.set(due.owner, performance.now() + pace.pauseAfterFailure);
      noteFailure(error);
    } finally {
      underWay.delete(due.owner);
    }
  };

  /** Looks for what is due, and begins with it. @returns whether there may be more */
  const look = async (): Promise<boolean> => {
    for (const [owner, until] of paused) if (until <= performance.now()) paused.delete(owner);
    const found = await reminders.findDueReminders(operator, {
      limit: pace.tasksAtOnce,
      except: [...underWay.keys(), ...paused.keys()],
    });
    for (const due of shuffled(found)) {
      while (underWay.size >= pace.ownersAtOnce) await Promise.race(underWay.values());
      if (stopping.signal.aborted) return false;
      underWay.set(due.owner, fire(due));
    }
    return found.reduce((sum, { ids }) => sum + ids.length, 0) === pace.tasksAtOnce;
  };

  const pause = async (): Promise<void> => {
    // Not in step with other processes.
    const milliseconds = pace.interval * (0.9 + Math.random() / 5);
    await wait(milliseconds, undefined, { ref: false, signal: stopping.signal }).catch(() => {});
  };

  const work = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const hasMore = await look().catch((error) => {
        noteFailure(error);
        return false;
      });
      if (!hasMore) await pause();
    }
  };

  const working = work();
  return {
    async stop() {
      stopping.abort();
      await working;
      await Promise.all(underWay.values());
    },
  };
};
