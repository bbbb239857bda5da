import { makeOwnerPorts, makeReminderQueue } from '@taskward/adapters-postgres';
import { makeReminderUseCases } from '@taskward/application';
import { toInstant } from '@taskward/domain';
import { calendar } from '../planning.ts';

/** The use-cases that fire reminders over PostgreSQL. @param ahead milliseconds by which the clock is ahead */
export const remindersOver = (database: Parameters<typeof makeReminderQueue>[0]['database'], ahead = 0) =>
  makeReminderUseCases({
    tasks: makeOwnerPorts({ database }).tasks,
    reminderQueue: makeReminderQueue({ database }),
    feed: { announce: () => {} },
    clock: { now: () => toInstant(new Date(Date.now() + ahead).toISOString()) },
    calendar,
  });
