import { TaskwardError } from '../errors.ts';
import type { CallOptions } from '../options.ts';
import type { Copy, KeyedEntry } from './copy.ts';
import { isPassed, put, withoutField } from './edits.ts';
import type { SyncCalls } from './exchange-changes.ts';

// Only occurrences after the completion here count, and few are completed meanwhile.
const pageSize = 100;

const isCompleted = async ({ task, edit }: KeyedEntry, calls: SyncCalls, options: CallOptions): Promise<boolean> => {
  const done = edit?.occurrence;
  if (task === undefined || done === undefined || edit?.gone !== undefined) return false;
  try {
    const { occurrences } = await calls.occurrences(task.id, { limit: pageSize }, options);
    return occurrences.some(({ due_date, revision }) => due_date === done.due_date && revision > done.revision);
  } catch (error) {
    // The task was deleted meanwhile: the changes that are read next say so.
    if (error instanceof TaskwardError && error.status === 404) return false;
    throw error;
  }
};

/**
 * Drops completions of occurrences that were completed elsewhere, too: each is completed once. Where the due date was
 * changed instead, the completion stays, as a conflict.
 */
export const dropRepeatedCompletions = async (copy: Copy, calls: SyncCalls, options: CallOptions): Promise<void> => {
  const passed = (await copy.access((access) => access.edited())).filter(isPassed);
  for (const { key, ...entry } of passed) {
    if (!(await isCompleted({ key, ...entry }, calls, options))) continue;
    await copy.access(async (access) => {
      const { task, edit } = await access.entry(key);
      if (task === undefined || edit?.occurrence?.revision !== entry.edit?.occurrence?.revision) return;
      await access.set(key, put({ edit: edit && withoutField(edit, 'completed') }, task));
    });
  }
};
