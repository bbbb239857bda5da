import { makeOwnerPorts, makeReminderQueue } from '@taskward/adapters-postgres';
import t from 'tap';
import { ownMigratedDatabase, sqlOn } from '../support/postgres/database.ts';
import { testReminderQueue } from './reminder-queue.ts';

// A database of its own: the shared one has the reminders of other tests.
const opened = ownMigratedDatabase(t);

testReminderQueue(t, async () => {
  const { database } = await opened;
  await sqlOn(database)('delete from taskward.tasks');
  return { tasks: makeOwnerPorts({ database }).tasks, reminderQueue: makeReminderQueue({ database }) };
});
