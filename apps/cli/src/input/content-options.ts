import {
  type FieldName,
  fieldNames,
  fieldOf,
  invalid,
  type TaskChanges,
  type TaskContent,
  type TaskFields,
  type taskFields,
} from '@taskward/domain';
import { type Command, Option } from 'commander';

interface TextWords {
  readonly short?: string;
  /** What `add` says of it. */
  readonly adding?: string;
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

type Table = typeof taskFields;

/** How fields are called on the command line. A text can do without: its option has its name. */
const words: { readonly [F in FieldName as Table[F]['kind'] extends 'flag' ? F : never]: FlagWords } & {
  readonly [F in FieldName as Table[F]['kind'] extends 'text' ? F : never]?: TextWords;
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
};

/** One way to say what a field is to be. */
interface FieldOption {
  readonly option: Option;
  value(given: unknown): TaskFields[FieldName];
}

const optionsOf = (name: FieldName, isNew: boolean): FieldOption[] => {
  const { kind, nullable } = fieldOf(name);
  switch (kind) {
    case 'text': {
      const { short, adding }: TextWords = (words[name] as TextWords | undefined) ?? {};
      const label = name.replaceAll('_', ' ');
      const option = name.replaceAll('_', '-');
      const about = isNew ? (adding ?? `${label} of the task`) : `new ${label}`;
      const set = new Option(`${short === undefined ? '' : `-${short}, `}--${option} <text>`, about);
      const clear = new Option(`--clear-${option}`, `remove the ${label}`);
      return [
        { option: set, value: (given) => given as string },
        ...(nullable && !isNew ? [{ option: clear, value: () => null }] : []),
      ];
    }
    case 'flag': {
      const { on, adding, setting, off, clearing } = words[name] as FlagWords;
      return [
        { option: new Option(`--${on}`, isNew ? adding : setting), value: () => true },
        ...(isNew ? [] : [{ option: new Option(`--${off}`, clearing), value: () => false }]),
      ];
    }
  }
};

const flagOf = ({ option }: FieldOption): string => option.long as string;

/** The fields that options name. @throws DomainError `request/invalid` where two say different things of one field */
const namedBy = (options: object, isNew: boolean): TaskChanges => {
  const named = fieldNames.flatMap((name) => {
    const given = optionsOf(name, isNew).flatMap((one) => {
      const value = (options as Record<string, unknown>)[one.option.attributeName()];
      return value === undefined ? [] : [{ flag: flagOf(one), value: one.value(value) }];
    });
    const [first, second] = given;
    if (first === undefined) return [];
    if (second === undefined) return [[name, first.value] as const];
    throw invalid([{ field: second.flag, message: `cannot be combined with ${first.flag}` }]);
  });
  return Object.fromEntries(named);
};

/** Adds an option for each field of a new task; its title is an argument. */
export const withContent = (command: Command): Command => {
  for (const name of fieldNames) {
    if (name !== 'title') for (const { option } of optionsOf(name, true)) command.addOption(option);
  }
  return command;
};

/** The content of a new task, by the options of `withContent`. */
export const contentOf = (title: string, options: object): TaskContent => ({ title, ...namedBy(options, true) });

/** Adds options for each field that can be changed. */
export const withChanges = (command: Command): Command => {
  for (const { option } of fieldNames.flatMap((name) => optionsOf(name, false))) command.addOption(option);
  return command;
};

/**
 * What the options of `withChanges` ask to change.
 * @throws DomainError `request/invalid` where they contradict each other, or ask for nothing
 */
export const changesOf = (options: object): TaskChanges => {
  const changes = namedBy(options, false);
  if (Object.keys(changes).length > 0) return changes;
  const flags = fieldNames.flatMap((name) => optionsOf(name, false)).map(flagOf);
  throw invalid([{ field: 'edit', message: `needs at least one of ${flags.join(', ')}` }]);
};
