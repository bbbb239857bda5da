import type { LocalTask, TaskChanges } from '@taskward/client';
import type { Reader } from '../format/days.ts';
import { parseDue } from '../format/due-text.ts';
import type { Reminder } from '../format/reminder-text.ts';
import { type RepeatForm, repeatFormOf, repeatOfForm } from './repeat-form.ts';

/** A task's fields as its form has them: texts as they were typed. */
export interface TaskForm {
  readonly title: string;
  readonly description: string;
  /** `2026-12-01`; empty if the task has no due date. */
  readonly day: string;
  /** `09:00`; empty if the whole day is meant. */
  readonly time: string;
  readonly priority: NonNullable<LocalTask['priority']> | '';
  readonly repeat: RepeatForm;
  readonly tags: readonly string[];
  readonly reminders: readonly Reminder[];
  /** What a new due date of a recurring task moves. */
  readonly scope: 'occurrence' | 'series';
}

/** Returns the form of a task. */
export const formOf = (task: LocalTask, reader: Reader): TaskForm => {
  const due = task.due_date === null ? undefined : parseDue(task.due_date, reader);
  return {
    title: task.title,
    description: task.description ?? '',
    day: due?.day ?? '',
    time: due?.time ?? '',
    priority: task.priority ?? '',
    repeat: repeatFormOf(task.repeat),
    tags: task.tags,
    reminders: task.reminders,
    scope: 'occurrence',
  };
};

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Returns the due date of a form: on the clocks of the zone that the task had, or wherever the user is. */
const dueDateOf = ({ day, time }: TaskForm, task: LocalTask, reader: Reader): string | null => {
  if (day === '') return null;
  if (time === '') return day;
  const zone = task.due_date === null ? undefined : parseDue(task.due_date, reader)?.zone;
  return zone === undefined ? `${day}T${time}` : `${day}T${time}[${zone}]`;
};

/**
 * Returns what a form changes.
 * @param before the form as it was opened: fields that are as they were are left out, so that what was changed elsewhere in
 *   the meantime is not overwritten
 */
export const changesOf = (form: TaskForm, before: TaskForm, task: LocalTask, reader: Reader): TaskChanges => {
  const isChanged = (...fields: (keyof TaskForm)[]) => fields.some((field) => !isSame(form[field], before[field]));
  const movesDue = isChanged('day', 'time');
  return {
    ...(isChanged('title') && { title: form.title }),
    ...(isChanged('description') && { description: form.description === '' ? null : form.description }),
    ...(isChanged('priority') && { priority: form.priority === '' ? null : form.priority }),
    ...(isChanged('tags') && { tags: [...form.tags] }),
    ...(movesDue && { due_date: dueDateOf(form, task, reader) }),
    ...(movesDue && form.scope === 'series' && task.repeat !== null && { scope: 'series' as const }),
    ...(isChanged('repeat') && { repeat: repeatOfForm(form.repeat, task.repeat) }),
    ...(isChanged('reminders') && { reminders: form.reminders.map((reminder) => ({ ...reminder })) }),
  };
};

/** Returns what is wrong with a form, as a sentence with what to do; `undefined` if nothing is. */
export const faultOf = ({ title, day, time, repeat }: TaskForm): string | undefined => {
  if (title.trim() === '') return 'Give the task a title.';
  if (day === '' && time !== '') return 'Choose the day on which the task is due, or clear the time.';
  if (day === '' && repeat.every !== 'never') return 'Choose when the task is due first, so that it can repeat.';
  if (repeat.every === 'rule' && repeat.rule.trim() === '')
    return 'Write the rule, or choose how often the task repeats.';
  return undefined;
};

/** Returns the tags with what was typed, split at commas; a tag that is there in any case is not added. */
export const withTags = (tags: readonly string[], typed: string): readonly string[] => {
  const added = typed
    .split(',')
    .map((tag) => tag.trim().replace(/^#/, ''))
    .filter((tag) => tag !== '');
  const all = [...tags];
  for (const tag of added) {
    if (!all.some((one) => one.toLowerCase() === tag.toLowerCase())) all.push(tag);
  }
  return all;
};
