import type { TaskFilter, TimeRange } from '@taskward/application';
import { type FieldName, foldText, searchedFields, tagKey } from '@taskward/domain';
import type { Value } from '@taskward/owner-transactions';
import { arrayText, foldedColumn } from './task-columns.ts';

/**
 * Statement text: a text as it is searched and sorted. Texts are folded when they are written (see `foldedForSearch`), because
 * folding dominated the time of a search. Texts of older versions are folded here, with ICU's root locale, which does not depend on
 * the database's locale. All texts are compared by code point, so that the order does not depend on the ICU version.
 */
export const folded = (column: FieldName): string =>
  `(case when ${foldedColumn(column)} <> '' then ${foldedColumn(column)} collate "C"
    when ${foldedColumn(column)} = '' or octet_length(${column}) = char_length(${column}) then lower(${column} collate "C")
    else normalize(translate(lower(${column} collate "und-x-icu"), 'ς', 'σ')) collate "C" end)`;

/** Statement text: when a task was completed. Versions before this column left it null. */
export const completedAt = '(case when completed then coalesce(completed_at, updated_at) end)';

/** Statement text: the key of a task's place in its owner's order (see `positionOf` of the domain). */
export const positionKey = `coalesce(position, 'h' || lpad(to_hex(id), 8, '0')) collate "C"`;

/** Collects parameter values and numbers their placeholders: `$1`, `$2` … */
export const parameters = () => {
  const values: Value[] = [];
  return { values, place: (value: Value) => `$${values.push(value)}` };
};

type Place = ReturnType<typeof parameters>['place'];

const within = (column: string, range: TimeRange | undefined, place: Place): string | undefined => {
  if (range === undefined) return undefined;
  const { from, before } = range;
  const bounds = [
    ...(from === undefined ? [] : [`${column} >= ${place(from)}::timestamptz`]),
    ...(before === undefined ? [] : [`${column} < ${place(before)}::timestamptz`]),
  ];
  return bounds.length > 0 ? bounds.join(' and ') : undefined;
};

const tagsIn = (operator: '@>' | '&&', tags: readonly string[] | undefined, place: Place): string | undefined =>
  tags === undefined ? undefined : `tag_keys ${operator} ${place(arrayText(tags.map(tagKey)))}::text[]`;

/** The condition of each filter, or `undefined` where it selects all tasks. */
const conditions = {
  status: ({ status }, place) => (status === 'all' ? undefined : `completed = ${place(status === 'completed')}`),
  search: ({ search }, place) => {
    if (search === undefined) return undefined;
    const text = `${place(foldText(search))}::text`;
    return `(${searchedFields.map((name) => `strpos(${folded(name)}, ${text}) > 0`).join(' or ')})`;
  },
  priority: ({ priority }, place) =>
    priority && `coalesce(priority::text, 'none') = any (${place(arrayText(priority))}::text[])`,
  tags: ({ tags }, place) => tagsIn('@>', tags, place),
  anyTag: ({ anyTag }, place) => tagsIn('&&', anyTag, place),
  untagged: ({ untagged }) => (untagged === undefined ? undefined : `tags is ${untagged ? '' : 'not '}null`),
  due: ({ due }, place) => (due === 'none' ? 'due_at is null' : within('due_at', due, place)),
  repeating: ({ repeating }) => (repeating === undefined ? undefined : `repeat is ${repeating ? 'not ' : ''}null`),
  completed: ({ completed }, place) => within(completedAt, completed, place),
  updated: ({ updated }, place) => within('updated_at', updated, place),
  metadata: ({ metadata }, place) => {
    const members = metadata?.map(([name, text]) => {
      const key = `${place(name)}::text`;
      return `metadata ->> ${key} = ${place(text)}::text and json_typeof(metadata -> ${key}) not in ('object', 'array')`;
    });
    return members && members.length > 0 ? members.join(' and ') : undefined;
  },
  dated: ({ dated }) =>
    dated === undefined ? undefined : `${dated ? '' : 'not '}(due_date is not null or reminders is not null)`,
} satisfies Record<keyof TaskFilter, (filter: TaskFilter, place: Place) => string | undefined>;

/** Statement text: the conditions of a filter on a row of `taskward.tasks`, besides that on its owner. */
export const filtering = (filter: TaskFilter, place: Place): string[] =>
  Object.values(conditions).flatMap((condition) => condition(filter, place) ?? []);
