import { type Operation, requestLimits, type TaskChange, type TaskRecord } from '@taskward/application';
import { invalid, operator } from '@taskward/domain';
import type { Command } from 'commander';
import { changesOf, contentOf, withChanges, withContent } from '../../input/content-options.ts';
import {
  conditional,
  type OfUser,
  ofUser,
  repeatable,
  taskId,
  taskIds,
  type WithJson,
  type Written,
  withExamples,
  withJson,
} from '../../input/options.ts';
import { outputFormatOf } from '../../output/output.ts';
import { batchResults, printResults, runWrite, taskResult } from '../../output/results.ts';
import { formatTaskDetails } from '../../output/task-text.ts';
import { withTaskward } from '../../runtime/session.ts';

interface Conditional extends Written {
  readonly ifRevision?: number;
}

const conditionOf = ({ ifRevision }: Conditional) =>
  ifRevision === undefined ? {} : { condition: { match: [ifRevision] } };

const add = async (title: string, options: Written) => {
  const { user: owner } = options;
  const content = contentOf(title, options);
  const results = await withTaskward(({ useCases }) =>
    runWrite(useCases, options, ['add', content], async ({ createTask }) => [
      taskResult(await createTask(operator, { owner, content })),
    ]),
  );
  await printResults(results, outputFormatOf(options), { several: false });
};

const show = async (ids: readonly number[], options: OfUser & WithJson) => {
  const { user: owner } = options;
  const tasks = await withTaskward(async ({ useCases }) => {
    const found = [];
    for (const id of ids) found.push(await useCases.getTask(operator, { owner, id }));
    return found;
  });
  const toText = (result: object) => ('task' in result ? formatTaskDetails(result.task as TaskRecord) : '');
  await printResults(tasks.map(taskResult), outputFormatOf(options), { several: true, toText });
};

const edit = async (id: number, options: Conditional) => {
  const changes = changesOf(options);
  const input = { owner: options.user, id, change: { kind: 'update', changes } as const, ...conditionOf(options) };
  const results = await withTaskward(({ useCases }) =>
    runWrite(useCases, options, ['edit', id, changes], async ({ changeTask }) => [
      taskResult(await changeTask(operator, input)),
    ]),
  );
  await printResults(results, outputFormatOf(options), { several: false });
};

/**
 * Applies one operation to several tasks in one transaction; a task that fails does not affect the others.
 * @param request what identifies the request besides its name and the ids
 */
const toEach =
  (name: string, toOperation: (id: number) => Operation, request: readonly unknown[] = []) =>
  async (ids: readonly number[], options: Conditional) => {
    if (options.ifRevision !== undefined && ids.length > 1) {
      throw invalid([{ field: '--if-revision', message: 'is the revision of one task: name that one only' }]);
    }
    const { max } = requestLimits.operations;
    if (ids.length > max) {
      const message = `names ${ids.length} tasks: name at most ${max} at once`;
      throw invalid([{ field: name, message }]);
    }
    const operations = ids.map((id) => ({ ...toOperation(id), ...conditionOf(options) }));
    const results = await withTaskward(({ useCases }) =>
      runWrite(useCases, options, [name, ids, ...request], async ({ applyBatch }) => {
        const batch = { owner: options.user, operations, atomic: false, dryRun: false };
        return batchResults(ids, (await applyBatch(operator, batch)).outcomes);
      }),
    );
    await printResults(results, outputFormatOf(options), { several: true });
  };

const written = (command: Command): Command => repeatable(withJson(ofUser(command)));

const addAdd = (program: Command) =>
  withExamples(
    withContent(written(program.command('add').argument('<title>', 'title of the task').description('add a task'))),
    'taskward add "Buy milk" --user demo',
    'taskward add "Pay rent" --due 2026-12-01 --repeat monthly --tag home --priority high --user demo',
    'taskward add "Call mum" --due "2026-12-01T18:00[Europe/Berlin]" --remind PT30M --user demo',
    'taskward add "Pay rent" -d "Before the 3rd" --user demo --idempotency-key rent-2026-12',
  ).action(add);

const addShow = (program: Command) =>
  withExamples(
    withJson(
      ofUser(
        program
          .command('show')
          .argument('<id...>', 'ids of the tasks', taskIds)
          .description('show tasks with all fields'),
      ),
    ),
    'taskward show 12 --user demo',
  ).action(show);

const addEdit = (program: Command) =>
  withExamples(
    withChanges(
      conditional(
        written(program.command('edit').argument('<id>', 'id of the task', taskId).description('change a task')),
      ),
    ),
    'taskward edit 12 --title "Buy oat milk" --user demo',
    'taskward edit 12 --add-tag urgent --due 2026-12-03 --scope series --user demo',
    'taskward edit 12 --clear-description --if-revision 41 --user demo',
  ).action(edit);

/** Adds a command that writes several tasks. */
const writing = (program: Command, name: string, about: string): Command =>
  conditional(written(program.command(name).argument('<id...>', 'ids of the tasks', taskIds).description(about)));

/** Makes a command that does the same to several tasks. */
const several =
  (name: string, about: string, toOperation: (id: number) => Operation, ...examples: string[]) =>
  (program: Command) =>
    withExamples(writing(program, name, about), ...examples).action(toEach(name, toOperation));

const done = async (ids: readonly number[], options: Conditional & { occurrence?: string }) => {
  const { occurrence } = options;
  if (occurrence !== undefined && ids.length > 1) {
    throw invalid([{ field: '--occurrence', message: 'is the due date of one task: name that one only' }]);
  }
  const named = occurrence !== undefined && { occurrence };
  const request = occurrence === undefined ? [] : [occurrence];
  await toEach('done', (id) => ({ kind: 'complete', id, completed: true, ...named }), request)(ids, options);
};

const addDone = (program: Command) =>
  withExamples(
    writing(program, 'done', 'mark tasks as done; one that recurs is done once, and moves on to its next date').option(
      '--occurrence <date>',
      'only if the task, which recurs, is still due then: repeating it never completes two',
    ),
    'taskward done 12 13 --user demo',
    'taskward done 12 --occurrence 2026-12-01 --user demo',
  ).action(done);
const addUndone = several(
  'undone',
  'mark tasks as not done',
  (id) => ({ kind: 'complete', id, completed: false }),
  'taskward undone 12 --user demo',
);
const addRemove = several(
  'rm',
  'delete tasks',
  (id) => ({ kind: 'delete', id }),
  'taskward rm 12 --user demo',
  'taskward rm 12 --if-revision 41 --user demo',
);

const addRestore = several(
  'restore',
  'bring deleted tasks back; --if-revision is about the revision of the deletion',
  (id) => ({ kind: 'restore', id }),
  'taskward restore 12 --user demo',
);

// A kind of change without a command does not compile.
const changeCommands = {
  update: [addEdit],
  complete: [addDone, addUndone],
} satisfies Record<TaskChange['kind'], readonly ((program: Command) => Command)[]>;

/** `taskward add`, `show`, `rm`, `restore`, and the commands that change a task: `edit`, `done`, `undone` */
export const addTaskCommands = (program: Command): void => {
  for (const addTo of [addAdd, addShow, ...Object.values(changeCommands).flat(), addRemove, addRestore]) addTo(program);
};
