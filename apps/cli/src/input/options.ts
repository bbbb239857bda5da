import { maxTaskId, type TextBounds, textFault, toUserId, type UserId } from '@taskward/domain';
import { type Command, InvalidArgumentError, Option } from 'commander';

const wholeNumber = (text: string, largest: number): number => {
  const number = Number(text);
  if (!/^[1-9]\d*$/.test(text) || number > largest)
    throw new InvalidArgumentError('It must be a whole number from 1 on.');
  return number;
};

/** Parses a task id. */
export const taskId = (text: string): number => wholeNumber(text, maxTaskId);

/** Parses one more text of a list. */
export const oneMore = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];

/** Parses a member of metadata and its value, `name=value`. */
export const memberOf = (typed: string): readonly [name: string, text: string] => {
  const end = typed.indexOf('=');
  if (end <= 0) throw new InvalidArgumentError('Write a name and a value, such as project=garden.');
  return [typed.slice(0, end), typed.slice(end + 1)];
};

/** Parses one more task id of a list. */
export const taskIds = (text: string, before: readonly number[] = []): readonly number[] => [...before, taskId(text)];

/** Parses a count, 1 or more. */
export const count = (text: string): number => wholeNumber(text, Number.MAX_SAFE_INTEGER);

/** Parses a revision. */
export const revision = count;

const units = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 };

/** Parses a duration such as `90d`. @returns milliseconds */
export const duration = (text: string): number => {
  const { number, unit } = /^(?<number>\d{1,6})(?<unit>[mhdw])$/.exec(text)?.groups ?? {};
  if (number === undefined) throw new InvalidArgumentError('It must be a length of time such as 90d, 12h or 4w.');
  return Number(number) * units[unit as keyof typeof units];
};

/** Parses a text with a bounded length. */
export const boundedText =
  (bounds: TextBounds) =>
  (text: string): string => {
    const fault = textFault(text, bounds);
    if (fault !== undefined) throw new InvalidArgumentError(`It ${fault}.`);
    return text;
  };

const idempotencyKey = boundedText({ min: 1, max: 255 });

/** The owner of the tasks, from the command line or the environment. */
export interface OfUser {
  readonly user: UserId;
}

/** The options of commands that print results. */
export interface WithJson {
  readonly json?: boolean;
}

/** The options of commands that write. */
export interface Written extends OfUser, WithJson {
  readonly idempotencyKey?: string;
}

/** Returns the option `--user`, which TASKWARD_USER can replace. */
export const userOption = (): Option =>
  new Option('-u, --user <id>', 'owner of the tasks: the `sub` claim of their tokens')
    .env('TASKWARD_USER')
    .argParser(toUserId);

/** Adds `--user`, which is required. */
export const ofUser = (command: Command): Command => command.addOption(userOption().makeOptionMandatory());

/** Adds `--json`. */
export const withJson = (command: Command): Command => command.option('--json', 'print the result as one JSON value');

/** Adds `--idempotency-key`, which makes a write safe to repeat. */
export const repeatable = (command: Command): Command =>
  command.option(
    '--idempotency-key <key>',
    'run at most once with this key: repeating it within 24 hours prints the first result',
    idempotencyKey,
  );

/** Adds `--if-revision`, which keeps a write from overwriting another. */
export const conditional = (command: Command): Command =>
  command.option('--if-revision <number>', 'write only if the task still has this revision', count);

/** Adds examples to the help. Each works as pasted. */
export const withExamples = (command: Command, ...examples: readonly string[]): Command =>
  command.addHelpText('after', `\nExamples:\n${examples.map((example) => `  $ ${example}`).join('\n')}`);
