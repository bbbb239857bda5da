import type { TaskRecord } from '@taskward/application';
import { emptyAsNull } from '@taskward/domain';

// What ends a line, or is not seen: a title must not look like another task.
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** Returns a text on one line. */
export const onOneLine = (text: string): string => text.replace(unseen, ' ');

const plural = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`;

/** Returns how many tasks: `1 task`, `2 tasks`. */
export const tasksText = (count: number): string => plural(count, 'task');

const attributesOf = ({
  completed,
  due_date,
  priority,
  tags,
  repeat,
  reminders,
  description,
}: TaskRecord): string[] => [
  ...(completed ? ['done'] : []),
  ...(due_date === null ? [] : [`due ${due_date}`]),
  ...(priority === null ? [] : [priority]),
  ...tags.map((tag) => `#${onOneLine(tag)}`),
  ...(repeat === null ? [] : [`repeats ${repeat.rule}`]),
  ...(reminders.length === 0 ? [] : [plural(reminders.length, 'reminder')]),
  ...(description ? ['has a description'] : []),
];

/** Formats a task without its id: `Buy milk (due 2026-12-01, high, #home)`. */
export const taskText = (task: TaskRecord): string => {
  const attributes = attributesOf(task);
  return `${onOneLine(task.title)}${attributes.length === 0 ? '' : ` (${attributes.join(', ')})`}`;
};

/** Formats a task in one line: `12: Buy milk (due 2026-12-01, high), revision 41`. */
export const taskLine = (task: TaskRecord): string => `${task.id}: ${taskText(task)}, revision ${task.revision}`;

const maxShown = 120;

/** Formats the value of a field on one line, cut where it is long. */
export const valueText = (value: unknown): string => {
  const characters = Array.from(onOneLine(JSON.stringify(value) ?? 'none'));
  return characters.length > maxShown ? `${characters.slice(0, maxShown).join('')}…` : characters.join('');
};

const otherFields = ({ description, repeat, reminders, metadata, due_at, completed_at }: TaskRecord) => ({
  description,
  repeat,
  reminders,
  metadata,
  due_at,
  completed_at,
});

/** Formats a task with all its fields, a line each, whole. */
export const taskDetails = (task: TaskRecord): string => {
  const fields = Object.entries(otherFields(task)).filter(([, value]) => emptyAsNull(value) !== null && value !== '');
  return [
    taskLine(task),
    ...fields.map(([name, value]) => `${name}: ${onOneLine(JSON.stringify(value))}`),
    `created_at: ${task.created_at}, updated_at: ${task.updated_at}`,
  ].join('\n');
};
