import { maxTaskId, textFault, toUserId, type UserId } from '@taskward/domain';
import { type Command, InvalidArgumentError, Option } from 'commander';

const wholeNumber = (text: string, largest: number): number => {
  const number = Number(text);
  if (!/^[1-9]\d*$/.test(text) || number > largest)
    throw new InvalidArgumentError('It must be a whole number from 1 on.');
  return number;
};

/** A task's id. */
export const taskId = (text: string): number => wholeNumber(text, maxTaskId);

/** Several tasks' ids, one after the other. */
export const taskIds = (text: string, before: readonly number[] = []): readonly number[] => [...before, taskId(text)];

/** A number of things, ≥ 1. */
export const count = (text: string): number => wholeNumber(text, Number.MAX_SAFE_INTEGER);

const units = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 };

/** A length of time such as `90d`, in milliseconds. */
export const duration = (text: string): number => {
  const { number, unit } = /^(?<number>\d{1,6})(?<unit>[mhdw])$/.exec(text)?.groups ?? {};
  if (number === undefined) throw new InvalidArgumentError('It must be a length of time such as 90d, 12h or 4w.');
  return Number(number) * units[unit as keyof typeof units];
};

const idempotencyKey = (text: string): string => {
  const fault = textFault(text, { min: 1, max: 255 });
  if (fault !== undefined) throw new InvalidArgumentError(`It ${fault}.`);
  return text;
};

/** Whose tasks: of the command line, or of the environment. */
export interface OfUser {
  readonly user: UserId;
}

/** What every command takes that answers with results. */
export interface WithJson {
  readonly json?: boolean;
}

/** What every command takes that writes. */
export interface Written extends OfUser, WithJson {
  readonly idempotencyKey?: string;
}

/** `--user`, or TASKWARD_USER. */
export const userOption = (): Option =>
  new Option('-u, --user <id>', "whose tasks: the `sub` of the user's tokens").env('TASKWARD_USER').argParser(toUserId);

/** Adds `--user`, which is required. */
export const ofUser = (command: Command): Command => command.addOption(userOption().makeOptionMandatory());

/** Adds `--json`. */
export const withJson = (command: Command): Command =>
  command.option('--json', 'answer with one JSON value, also at a terminal');

/** Adds what makes a write safe to repeat. */
export const repeatable = (command: Command): Command =>
  command.option(
    '--idempotency-key <key>',
    'do it once under this key: a repetition within a day gets the first answer',
    idempotencyKey,
  );

/** Adds what keeps a write from overwriting another. */
export const conditional = (command: Command): Command =>
  command.option('--if-revision <number>', 'only if the task is still at this revision', count);

/** Adds examples to the help, each of which works as pasted. */
export const withExamples = (command: Command, ...examples: readonly string[]): Command =>
  command.addHelpText('after', `\nExamples:\n${examples.map((example) => `  $ ${example}`).join('\n')}`);
