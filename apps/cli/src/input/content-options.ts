import {
  type FieldName,
  fieldOf,
  invalid,
  type Metadata,
  type TaskContent,
  type TaskEdit,
  type taskFields,
  type WritableField,
  writableFields,
} from '@taskward/domain';
import { type Command, Option } from 'commander';
import { toReminder } from '../formats/values.ts';
import type { ContentOption } from './content-option.ts';
import { memberOf, oneMore } from './options.ts';
import { repeatOptions } from './repeat-options.ts';

type Table = typeof taskFields;
type WritableKind = Table[WritableField]['kind'];

interface Words {
  /** The option, where it is not the field's name. */
  readonly option?: string;
  readonly short?: string;
  /** What `add` and `edit` say of it. */
  readonly adding?: string;
  readonly changing?: string;
}

interface FlagWords {
  /** The option that sets it, what `add` says of that, and what `edit` does. */
  readonly on: string;
  readonly adding: string;
  readonly setting: string;
  /** The option that `edit` takes it back with. */
  readonly off: string;
  readonly clearing: string;
}

/** How fields are called on the command line. All but flags can do without: their option has their name. */
const words: { readonly [F in WritableField as Table[F]['kind'] extends 'flag' ? F : never]: FlagWords } & {
  readonly [F in WritableField as Table[F]['kind'] extends 'flag' ? never : F]?: Words;
} = {
  title: { short: 't' },
  description: { short: 'd', adding: 'description of the task' },
  completed: {
    on: 'done',
    adding: 'create it as done',
    setting: 'mark it as done',
    off: 'undone',
    clearing: 'mark it as not done',
  },
  due_date: {
    option: 'due',
    adding: 'when it is due: 2026-12-01, 2026-12-01T09:00, or with a zone 2026-12-01T09:00[Europe/Berlin]',
    changing: 'new due date, such as 2026-12-01 or 2026-12-01T09:00',
  },
  tags: {
    option: 'tag',
    adding: 'tag of the task; repeat it for more',
    changing: 'all of its tags; repeat it for more',
  },
  reminders: {
    option: 'remind',
    adding: 'remind this long before, PT30M, or at this time, 2026-12-01T09:00; repeat it for more',
    changing: 'all of its reminders, such as PT30M or 2026-12-01T09:00; repeat it for more',
  },
};

interface Named extends Words {
  readonly name: WritableField;
  readonly isNew: boolean;
}

const labelOf = (name: FieldName): string => name.replaceAll('_', ' ');
const optionOf = ({ name, option }: Named): string => option ?? name.replaceAll('_', '-');
const aboutOf = ({ name, isNew, adding, changing }: Named): string =>
  isNew ? (adding ?? `${labelOf(name)} of the task`) : (changing ?? `new ${labelOf(name)}`);

const setting = (field: Named, value: string): Option =>
  new Option(`${field.short === undefined ? '' : `-${field.short}, `}--${optionOf(field)} <${value}>`, aboutOf(field));

/** Returns the option that takes the value away, named as the field or as its option. */
const clearing = (field: Named, option: string, cleared: unknown): ContentOption[] =>
  field.isNew
    ? []
    : [
        {
          option: new Option(`--clear-${option}`, `remove the ${labelOf(field.name)}`),
          sets: field.name,
          value: () => cleared,
        },
      ];

const clearingNull = (field: Named): ContentOption[] =>
  fieldOf(field.name).nullable ? clearing(field, optionOf(field), null) : [];

const asGiven = (given: unknown) => given;

// A kind of field without options does not compile.
const optionsOfKind: Record<WritableKind, (field: Named) => ContentOption[]> = {
  text: (field) => [{ option: setting(field, 'text'), sets: field.name, value: asGiven }, ...clearingNull(field)],
  flag: ({ name, isNew }) => {
    const { on, adding, setting, off, clearing } = words[name as keyof typeof words] as FlagWords;
    return [
      { option: new Option(`--${on}`, isNew ? adding : setting), sets: name, value: () => true },
      ...(isNew ? [] : [{ option: new Option(`--${off}`, clearing), sets: name, value: () => false }]),
    ];
  },
  choice: (field) => {
    const definition = fieldOf(field.name);
    const values = definition.kind === 'choice' ? definition.values : [];
    return [
      { option: setting(field, optionOf(field)).choices(values), sets: field.name, value: asGiven },
      ...clearingNull(field),
    ];
  },
  tags: (field) => [
    { option: setting(field, 'tag').argParser(oneMore), sets: field.name, value: asGiven },
    ...(field.isNew
      ? []
      : [
          {
            option: new Option('--add-tag <tag>', 'add a tag; repeat it for more').argParser(oneMore),
            sets: 'add_tags' as const,
            value: asGiven,
          },
          {
            option: new Option('--remove-tag <tag>', 'take a tag off; repeat it for more').argParser(oneMore),
            sets: 'remove_tags' as const,
            value: asGiven,
          },
        ]),
    ...clearing(field, field.name, []),
  ],
  date: (field) => [
    { option: setting(field, 'date'), sets: field.name, value: asGiven },
    ...clearingNull(field),
    ...(field.isNew
      ? []
      : [
          {
            option: new Option(
              '--scope <scope>',
              'with --due, of a task that recurs: move this occurrence only, or the series',
            ).choices(['occurrence', 'series']),
            sets: 'scope' as const,
            value: asGiven,
          },
        ]),
  ],
  repeat: (field) => [...repeatOptions(field.name, aboutRepeat(field)), ...clearingNull(field)],
  reminders: (field) => [
    {
      option: setting(field, 'when').argParser(oneMore),
      sets: field.name,
      value: (given) => (given as readonly string[]).map(toReminder),
    },
    ...clearing(field, field.name, []),
  ],
  metadata: (field) => [
    {
      option: new Option(
        `--${optionOf(field)} <name=value>`,
        field.isNew
          ? 'keep this with the task; repeat it for more'
          : 'keep this with it, nothing after = removes it; repeat it for more',
      ).argParser(oneMoreMember),
      sets: field.name,
      value: asGiven,
    },
  ],
};

const oneMoreMember = (typed: string, before: Metadata = {}): Metadata => {
  const [name, text] = memberOf(typed);
  return { ...before, [name]: text === '' ? null : text };
};

const aboutRepeat = ({ isNew }: Named): string =>
  `${isNew ? 'how it recurs' : 'how it recurs from now on'}: daily, weekdays, weekly, monthly, yearly, or a rule of RFC 5545`;

const optionsOf = (name: WritableField, isNew: boolean): ContentOption[] =>
  optionsOfKind[fieldOf(name).kind as WritableKind]({ ...(words[name] as Words | undefined), name, isNew });

const allOptions = (isNew: boolean): ContentOption[] =>
  writableFields.filter((name) => !isNew || name !== 'title').flatMap((name) => optionsOf(name, isNew));

const flagOf = ({ option }: ContentOption): string => option.long as string;

/** The fields that options name. @throws DomainError `request/invalid` where two say different things of one field */
const namedBy = (options: object, isNew: boolean): TaskEdit => {
  const named = new Map<string, { flag: string; value: unknown }>();
  for (const one of allOptions(isNew)) {
    const given = (options as Record<string, unknown>)[one.option.attributeName()];
    if (given === undefined) continue;
    const [flag, value] = [flagOf(one), one.value(given, options)];
    if (one.sets === undefined) continue;
    const other = named.get(one.sets);
    if (other !== undefined) throw invalid([{ field: flag, message: `cannot be combined with ${other.flag}` }]);
    named.set(one.sets, { flag, value });
  }
  return Object.fromEntries([...named].map(([name, { value }]) => [name, value]));
};

/** Adds an option for each field of a new task; its title is an argument. */
export const withContent = (command: Command): Command => {
  for (const { option } of allOptions(true)) command.addOption(option);
  return command;
};

/** The content of a new task, by the options of `withContent`. */
export const contentOf = (title: string, options: object): TaskContent => ({ title, ...namedBy(options, true) });

/** Adds options for each field that can be changed. */
export const withChanges = (command: Command): Command => {
  for (const { option } of allOptions(false)) command.addOption(option);
  return command;
};

/**
 * What the options of `withChanges` ask to change.
 * @throws DomainError `request/invalid` where they contradict each other, or ask for nothing
 */
export const changesOf = (options: object): TaskEdit => {
  const { scope, ...changes } = namedBy(options, false);
  if (scope !== undefined && changes.due_date === undefined)
    throw invalid([{ field: '--scope', message: 'needs --due: it says what a new due date moves' }]);
  if (Object.keys(changes).length > 0) return scope === undefined ? changes : { ...changes, scope };
  const flags = allOptions(false)
    .filter(({ sets }) => sets !== undefined && sets !== 'scope')
    .map(flagOf);
  throw invalid([{ field: 'edit', message: `needs at least one of ${flags.join(', ')}` }]);
};
