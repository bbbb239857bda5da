import {
  type Actor,
  assertMayAct,
  assertOperator,
  type Calendar,
  dueReminders,
  type Instant,
  originOf,
  type UnitOfWork,
  type UserId,
} from '@taskward/domain';
import { announced } from '../changes/announce.ts';
import type { Announcer } from '../ports/change-feed.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReminderQueue } from '../ports/reminder-queue.ts';
import type { WritePorts } from '../ports/write-ports.ts';

/** The tasks of one owner whose reminders have come due. */
export interface DueOwner {
  readonly owner: UserId;
  readonly ids: readonly number[];
}

/** How many reminders were fired, how many of those late, and how many were too late to be fired. */
export interface FiredReminders {
  readonly fired: number;
  readonly late: number;
  readonly missed: number;
}

/**
 * Finds tasks whose reminders have come due, by owner.
 * @param input.limit the maximum number of tasks
 * @param input.except owners to leave out
 * @throws DomainError `auth/wrong-user` unless the actor is an operator; ApplicationError `database/unavailable`
 */
export const makeFindDueReminders =
  ({ reminderQueue, clock }: { reminderQueue: ReminderQueue; clock: Clock }) =>
  async (actor: Actor, input: { limit: number; except: readonly UserId[] }): Promise<readonly DueOwner[]> => {
    assertOperator(actor);
    const due = await reminderQueue.due({ ...input, now: clock.now() });
    return [...Map.groupBy(due, ({ owner }) => owner)].map(([owner, tasks]) => ({
      owner,
      ids: tasks.map(({ id }) => id),
    }));
  };

const fire = (unit: UnitOfWork, id: number, now: Instant, calendar: Calendar): FiredReminders => {
  const task = unit.find(id);
  if (task === undefined) return { fired: 0, late: 0, missed: 0 };
  const { fired, missed, last } = dueReminders(task, now, calendar);
  for (const reminder of fired) unit.remind(unit.get(id), reminder);
  if (fired.length === 0 && last !== undefined) unit.skipReminders(task, last);
  return { fired: fired.length, late: fired.filter(({ late }) => late).length, missed: missed.length };
};

/**
 * Fires the reminders of the owner's tasks that are due: each becomes an entry of the owner's log, from which live streams and
 * other systems are told, in one step with being taken from the task. So each is fired once, whoever else tries.
 * @throws DomainError `auth/wrong-user`; ApplicationError `database/unavailable`
 */
export const makeFireReminders =
  ({ tasks, clock, calendar }: WritePorts) =>
  async (actor: Actor, { owner, ids }: DueOwner): Promise<FiredReminders> => {
    assertMayAct(actor, owner);
    const now = clock.now();
    return tasks.transact(owner, { ids }, originOf(actor, now), (unit) => {
      const each = ids.map((id) => fire(unit, id, now, calendar));
      const sum = (of: keyof FiredReminders) => each.reduce((total, counts) => total + counts[of], 0);
      return { result: { fired: sum('fired'), late: sum('late'), missed: sum('missed') }, store: true };
    });
  };

/** Makes the use-cases with which reminders are fired. @param ports.feed is told of every owner that is reminded */
export const makeReminderUseCases = (ports: WritePorts & { reminderQueue: ReminderQueue; feed: Announcer }) => ({
  findDueReminders: makeFindDueReminders(ports),
  ...announced(ports.feed, { fireReminders: makeFireReminders(ports) }),
});

/** The use-cases with which reminders are fired. Only an operator may call all of them. */
export type ReminderUseCases = ReturnType<typeof makeReminderUseCases>;
