import {
  type AskedFilter,
  type MetadataMember,
  requestLimits,
  type SortKey,
  sortOrders,
  type TaskSort,
} from '@taskward/application';
import { priorities } from '@taskward/domain';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { boundedText, memberOf, oneMore } from './options.ts';

const withoutPriority = 'none';
const priorityWords: readonly string[] = [...priorities, withoutPriority];

const oneOf = (word: string, words: readonly string[]): string => {
  if (!words.includes(word)) throw new InvalidArgumentError(`Allowed choices are ${words.join(', ')}.`);
  return word;
};

/** Parses words separated by commas, after those of the options before. */
const wordsOf =
  (words: readonly string[]) =>
  (text: string, before: readonly string[] = []): readonly string[] => [
    ...before,
    ...text.split(',').map((word) => oneOf(word.trim(), words)),
  ];

/** Parses the text of a search. An empty one selects all tasks. */
const searchText = boundedText({ ...requestLimits.search, min: 0 });

/** The option of each filter. A filter without one does not compile. */
const filterOptions: Record<keyof AskedFilter, () => Option[]> = {
  status: () => [
    new Option('--status <status>', 'only tasks with this status')
      .choices(['all', 'pending', 'completed'])
      .default('all'),
  ],
  search: () => [
    new Option('--search <text>', 'only tasks with this text in title or description').argParser(searchText),
  ],
  priority: () => [
    new Option('--priority <list>', `only tasks with one of these priorities: ${priorityWords.join(', ')}`).argParser(
      wordsOf(priorityWords),
    ),
  ],
  tags: () => [
    new Option('--tag <tag>', 'only tasks with this tag; repeat it for tasks with all of them').argParser(oneMore),
  ],
  anyTag: () => [new Option('--any-tag <tag>', 'repeated: only tasks with one of these tags').argParser(oneMore)],
  metadata: () => [
    new Option('--metadata <name=value>', 'only tasks that have this kept with them; repeat it for more').argParser(
      (typed: string, before: readonly MetadataMember[] = []) => [...before, memberOf(typed)],
    ),
  ],
  untagged: () => [new Option('--untagged', 'only tasks without tags')],
  due: () => [
    new Option('--due <when>', 'only tasks due then; overdue ones are not done').choices([
      'overdue',
      'today',
      'week',
      'none',
    ]),
  ],
  dueAfter: () => [new Option('--due-after <date>', 'only tasks due from then on')],
  dueBefore: () => [new Option('--due-before <date>', 'only tasks due before then')],
  repeating: () => [
    new Option('--repeating', 'only tasks that recur'),
    new Option('--no-repeating', 'only tasks that do not recur'),
  ],
  completedAfter: () => [new Option('--completed-after <date>', 'only tasks done from then on')],
  completedBefore: () => [new Option('--completed-before <date>', 'only tasks done before then')],
  updatedAfter: () => [new Option('--updated-after <date>', 'only tasks changed from then on')],
};

const names = Object.keys(filterOptions) as (keyof AskedFilter)[];

/** Adds the options that select tasks. */
export const withFilters = (command: Command): Command => {
  for (const option of names.flatMap((name) => filterOptions[name]())) command.addOption(option);
  return command;
};

const attributeOf = (name: keyof AskedFilter): string => filterOptions[name]()[0]?.attributeName() ?? name;

/** The filter that the options of `withFilters` ask for. */
export const filterOf = (options: object): AskedFilter =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = (options as Record<string, unknown>)[attributeOf(name)];
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  ) as unknown as AskedFilter;

/** What the options of `withOrder` say. */
export interface Ordered {
  readonly sort: readonly { readonly field: TaskSort; readonly reversed: boolean }[];
  readonly order?: SortKey['order'];
}

const sortable = Object.keys(sortOrders);

const toSort = (text: string): Ordered['sort'] =>
  text.split(',').map((word) => {
    const [, minus, name = ''] = /^(-?)(.*)$/.exec(word.trim()) ?? [];
    return { field: oneOf(name, sortable) as TaskSort, reversed: minus === '-' };
  });

/** Adds the options that order tasks. */
export const withOrder = (command: Command): Command =>
  command
    .addOption(
      new Option('--sort <fields>', `fields to sort by, such as priority,-due_date: ${sortable.join(', ')}`)
        .argParser(toSort)
        .default([{ field: 'created_at', reversed: false }], '"created_at"'),
    )
    .addOption(
      new Option(
        '--order <order>',
        'order of fields without a minus (default: "desc" for times but due_date, "asc" for others); -due_date is "desc"',
      ).choices(['asc', 'desc']),
    );

/** The order that the options of `withOrder` ask for. */
export const orderOf = ({ sort, order }: Ordered): readonly SortKey[] =>
  sort.map(({ field, reversed }) => ({ field, order: reversed ? 'desc' : (order ?? sortOrders[field]) }));
