import type { Test } from 'tap';
import { testChangeEntries } from './change-entries.ts';
import { testChangeHistory } from './change-history.ts';
import { testLatestChanges } from './change-latest.ts';
import { testCompletedOccurrences } from './change-occurrences.ts';
import { testChangePages } from './change-pages.ts';
import { testLoggedReminders } from './change-reminders.ts';
import { testChangeRetention } from './change-retention.ts';
import type { MakeChangeStores } from './change-stores.ts';
import { testChangeTrash } from './change-trash.ts';

/** What every log of changes must do, over the stores that write it. */
export const testChangeLog = (t: Test, make: MakeChangeStores): void => {
  testChangeEntries(t, make);
  testChangePages(t, make);
  testChangeHistory(t, make);
  testLatestChanges(t, make);
  testChangeTrash(t, make);
  testChangeRetention(t, make);
  testLoggedReminders(t, make);
  testCompletedOccurrences(t, make);
};
