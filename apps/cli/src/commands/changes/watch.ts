import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ChangePosition,
  type ChangeRecord,
  requestLimits,
  toChangeRecord,
  type UseCases,
} from '@taskward/application';
import { operator } from '@taskward/domain';
import { type Command, InvalidArgumentError } from 'commander';
import { toJson } from '../../formats/json/json.ts';
import { type OfUser, ofUser, withExamples } from '../../input/options.ts';
import { describeChange } from '../../output/change-output.ts';
import { outputFormatOf, printNotice, write } from '../../output/output.ts';
import { listenForInterrupt } from '../../runtime/interrupt.ts';
import { withTaskward } from '../../runtime/session.ts';

const intervalMilliseconds = 1_000;

const toCursor = ({ epoch, revision }: ChangePosition): string => `${epoch}-${revision}`;

/** Parses a cursor that `watch` has printed. */
const fromCursor = (text: string): ChangePosition => {
  const { epoch, revision } = /^(?<epoch>\d{1,10})-(?<revision>\d{1,15})$/.exec(text)?.groups ?? {};
  if (epoch === undefined) throw new InvalidArgumentError('It must be a cursor that `taskward watch` printed.');
  return { epoch: Number(epoch), revision: Number(revision) };
};

const revisionOf = (change: ChangeRecord): number => (change.op === 'put' ? change.task.revision : change.revision);

interface Watch extends OfUser {
  readonly since?: ChangePosition;
  readonly json?: boolean;
}

/** Yields changes as they happen, with the position after each, until the signal is aborted. */
async function* changesOf(
  { listChanges }: UseCases,
  { owner, since, signal }: { owner: OfUser['user']; since: ChangePosition; signal: AbortSignal },
) {
  const { limit } = requestLimits;
  for (let position = since; !signal.aborted; ) {
    const { changes, next, hasMore } = await listChanges(operator, { owner, since: position, limit: limit.max });
    for (const change of changes.map(toChangeRecord)) {
      yield { change, position: { epoch: next.epoch, revision: revisionOf(change) } };
    }
    position = next;
    if (!hasMore) await sleep(intervalMilliseconds, undefined, { signal }).catch(() => {});
  }
}

const watch = async (options: Watch) => {
  const { user: owner } = options;
  const isHuman = outputFormatOf(options) === 'human';
  const interrupt = listenForInterrupt();
  let reached: ChangePosition | undefined;
  await withTaskward(async ({ useCases }) => {
    const since = options.since ?? (await useCases.endOfChanges(operator, { owner }));
    reached = since;
    if (!isHuman) await write(`${toJson({ cursor: toCursor(since) })}\n`);
    for await (const { change, position } of changesOf(useCases, { owner, since, signal: interrupt.signal })) {
      const line = isHuman ? describeChange(change) : toJson({ ...change, cursor: toCursor(position) });
      await write(`${line}\n`);
      reached = position;
    }
  }).finally(() => {
    interrupt.dispose();
    if (isHuman && reached !== undefined) printNotice(`To go on from here: --since ${toCursor(reached)}`);
  });
};

/** `taskward watch` */
export const addWatchCommand = (program: Command): void => {
  withExamples(
    ofUser(
      program
        .command('watch')
        .description('print changes as they happen, until Ctrl-C: as text, or as JSON Lines in a pipe'),
    )
      .option('--since <cursor>', 'begin with what has changed since then', fromCursor)
      .option('--json', 'print JSON Lines at a terminal, too'),
    'taskward watch --user demo',
    'taskward watch --user demo | jq --unbuffered -r \'select(.op == "put") | .task.title\'',
  )
    .addHelpText(
      'after',
      `
Each line has the last state of a task, or its deletion, and a cursor for --since; the first line has the cursor only.
If the cursor is not valid any more, the exit code is 66.`,
    )
    .action(watch);
};
