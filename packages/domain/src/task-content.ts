import { invalid } from './errors.ts';
import type { Fault } from './fault.ts';
import { metadataFault } from './metadata.ts';
import type { Calendar } from './planning/calendar.ts';
import { changesDates, continuing, dateFaults } from './planning/due-dates/dates.ts';
import { dueDateFault } from './planning/due-dates/due-date.ts';
import { editedTags, tagsFault } from './planning/tags.ts';
import {
  contentFaults,
  normalised,
  type StoredValues,
  type TaskChanges,
  type TaskContent,
  type TaskFields,
  withDefaults,
} from './task-fields.ts';

/** An edit of a task: fields to change, and what is not a field but says how. */
export interface TaskEdit extends TaskChanges {
  /** Tags to add, and to take off: two devices that do so lose nothing of each other's. */
  readonly add_tags?: readonly string[];
  readonly remove_tags?: readonly string[];
  /** Whether a new due date of a recurring task is that of this occurrence, or moves the whole series. */
  readonly scope?: 'occurrence' | 'series';
  /** With `completed`: the due date that the task must still have. */
  readonly occurrence?: string;
}

const assertNone = (faults: readonly Fault[]): void => {
  if (faults.length > 0) throw invalid(faults);
};

const nothing = { due_date: null, metadata: {} };

/** Returns the content of a new task as it is stored. @throws DomainError `request/invalid` with every fault */
export const newContent = (content: TaskContent, calendar: Calendar): TaskFields => {
  assertNone(contentFaults(content, calendar));
  const fields = withDefaults(normalised(content, nothing, calendar));
  assertNone(dateFaults(fields, isAsked(content.repeat), calendar));
  return fields;
};

const isAsked = (repeat: TaskChanges['repeat']): boolean => repeat !== undefined && repeat !== null;

/** Returns every fault of an edit, whichever task it is for. */
export const editFaults = (edit: TaskEdit, calendar: Calendar): Fault[] => {
  const { add_tags, remove_tags, tags, occurrence } = edit;
  const faults = contentFaults(edit, calendar);
  const check = (field: string, message: string | undefined) =>
    message !== undefined && faults.push({ field, message });
  if (add_tags !== undefined) check('add_tags', tagsFault(add_tags));
  if (remove_tags !== undefined) check('remove_tags', tagsFault(remove_tags));
  if (tags !== undefined && (add_tags ?? remove_tags) !== undefined)
    check('tags', 'cannot be combined with `add_tags` or `remove_tags`: send all of the tags, or the difference');
  if (occurrence !== undefined) check('occurrence', dueDateFault(occurrence, calendar));
  return faults;
};

/**
 * Returns the values that an edit gives a task, as they are stored.
 * @throws DomainError `request/invalid` with every fault
 */
export const changedContent = (before: TaskFields, edit: TaskEdit, calendar: Calendar): StoredValues => {
  assertNone(editFaults(edit, calendar));
  const { add_tags = [], remove_tags = [], scope, repeat: sent } = edit;
  let values = normalised(edit, before, calendar);
  if (add_tags.length + remove_tags.length > 0) {
    const tags = editedTags(before.tags, add_tags, remove_tags);
    const message = tagsFault(tags);
    assertNone(message === undefined ? [] : [{ field: 'add_tags', message }]);
    values = { ...values, tags };
  }
  const tooMuch = values.metadata && metadataFault(values.metadata);
  assertNone(tooMuch === undefined ? [] : [{ field: 'metadata', message: tooMuch }]);
  if (values.repeat && sent) values = { ...values, repeat: continuing(before.repeat, sent, values.repeat) };
  const repeat = values.repeat === undefined ? before.repeat : values.repeat;
  // A series that moves starts from its new due date.
  if (scope === 'series' && repeat !== null && values.due_date) {
    values = { ...values, repeat: { ...repeat, start: values.due_date } };
  }
  if (changesDates(values)) {
    const after = { ...before, ...values };
    assertNone(dateFaults(after, isAsked(sent === undefined ? before.repeat : sent), calendar));
  }
  return values;
};
