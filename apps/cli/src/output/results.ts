import { hash } from 'node:crypto';
import {
  type ChangedTaskRecord,
  type ErrorCode,
  isTransient,
  type Outcome,
  type TaskUseCases,
  toChangedRecord,
  type UseCaseError,
  type UseCases,
} from '@taskward/application';
import { operator, type Task } from '@taskward/domain';
import { exitCodes } from '../exit-codes.ts';
import { toJson } from '../formats/json/json.ts';
import type { Written } from '../input/options.ts';
import { CommandExit, type OutputFormat, printNotice, write } from './output.ts';
import { describe } from './task-text.ts';
import { shown } from './terminal.ts';

/** The result for one task: its new state, its id if it was deleted, or the error. */
export type Result =
  | { readonly task: ChangedTaskRecord }
  | { readonly deleted: number }
  | { readonly refused: { readonly code: ErrorCode; readonly message: string } };

/** Returns the result for a task. */
export const taskResult = (task: Task): Result => ({ task: toChangedRecord(task) });

/** Returns the result for a task that is left as it was. */
export const rejection = ({ code, message }: UseCaseError): Result => ({ refused: { code, message } });

/** Returns the results for the tasks of a batch. */
export const batchResults = (ids: readonly number[], outcomes: readonly Outcome[]): Result[] =>
  outcomes.map((outcome, index) => {
    if (outcome.kind === 'rejected') return rejection(outcome.error);
    return 'task' in outcome ? taskResult(outcome.task) : { deleted: ids[index] as number };
  });

/**
 * Runs a write. With an idempotency key it runs once; repetitions return the stored results, including errors.
 * @param request identifies the request: repeating it with the same key requires the same value
 * @throws what `work` throws without a key; ApplicationError `idempotency/mismatch`, `idempotency/in-flight`,
 * `idempotency/too-many`, `database/busy`, `database/unavailable`; DomainError `task/quota-exceeded`
 */
export const runWrite = async (
  useCases: UseCases,
  { user, idempotencyKey }: Written,
  request: readonly unknown[],
  work: (useCases: TaskUseCases) => Promise<readonly Result[]>,
): Promise<readonly Result[]> => {
  if (idempotencyKey === undefined) return work(useCases);
  const fingerprint = hash('sha256', JSON.stringify(['command line', ...request]), 'base64url');
  const { response, replayed } = await useCases.runIdempotently(
    operator,
    { owner: user, key: idempotencyKey, fingerprint, hasEffect: true },
    async (bound) =>
      JSON.stringify(
        await work(bound).catch((error) => {
          // Do not store transient errors: a repetition must try again.
          if (isTransient(error)) throw error;
          return [rejection(error)];
        }),
      ),
  );
  if (replayed)
    printNotice('This was done before under the same key; nothing was done now, and this is what came of it then.');
  return JSON.parse(response);
};

const describeResult = (task: ChangedTaskRecord): string => {
  const { completed_occurrence: done, skipped = 0, due_date: next } = task;
  if (done === undefined) return describe(task);
  const passed = skipped === 0 ? '' : `; ${skipped} ${skipped === 1 ? 'was' : 'were'} passed over`;
  return `${describe({ ...task, completed: true })} (${done})\n${describe(task)}: next on ${next}${passed}`;
};

const human = (result: Result): string => {
  if ('task' in result) return describeResult(result.task);
  return 'deleted' in result ? `Task ${result.deleted} is gone.` : '';
};

const machine = (result: Result): unknown => {
  if ('task' in result) return result.task;
  return 'deleted' in result ? { id: result.deleted, deleted: true } : undefined;
};

/**
 * Prints the results: successes to standard output, errors to standard error.
 * @param several whether the command can have several results, so that `--json` prints an array
 * @throws CommandExit with the exit code of the first error
 */
export const printResults = async (
  results: readonly Result[],
  style: OutputFormat,
  { several, toText = human }: { several: boolean; toText?: (result: Result) => string },
): Promise<void> => {
  const done = results.filter((result) => !('refused' in result));
  const values = done.map(machine);
  if (style === 'human') for (const result of done) await write(`${toText(result)}\n`);
  else if (style === 'lines') for (const value of values) await write(`${toJson(value)}\n`);
  else if (several || values.length > 0) await write(`${toJson(several ? values : values[0])}\n`);
  const refused = results.flatMap((result) => ('refused' in result ? result.refused : []));
  for (const { message } of refused) printNotice(shown(message));
  if (refused[0] !== undefined) throw new CommandExit(exitCodes[refused[0].code]);
};
