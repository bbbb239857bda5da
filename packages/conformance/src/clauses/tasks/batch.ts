import { randomUUID } from 'node:crypto';
import { type ApiStyle, type Task, taskIn } from '../../api-styles.ts';
import { type Clause, missingId, type Probe } from '../../clause.ts';
import type { HttpResponse } from '../../http-messages.ts';
import { demand, demandSame, demandStatus } from '../../unmet.ts';

interface BatchResult {
  readonly status: number;
  readonly task?: Task;
  readonly error?: Record<string, unknown>;
}

/** What an applied batch says. */
const resultIn = (style: ApiStyle, response: HttpResponse) => {
  demandStatus(response, 200);
  const result = style.data(response) as { applied?: boolean; dry_run?: boolean; results?: BatchResult[] } | undefined;
  demand(response, Array.isArray(result?.results), 'an array `results`');
  return { ...result, results: result.results };
};

const statusesOf = (results: readonly BatchResult[]) => results.map(({ status }) => status);

/** What a refused batch says of its operations: beside the code, on both styles. */
const refusedIn = (response: HttpResponse): BatchResult[] => {
  demandStatus(response, 422);
  const results = (response.json as { results?: BatchResult[] } | undefined)?.results;
  demand(response, Array.isArray(results), 'an array `results` in the error body');
  return results;
};

const apply = ({ call }: Probe, operations: unknown, members: object = {}) =>
  call('POST', '/batch', { operations, ...members } as object);

/** Several changes in one request. */
export const batch: Clause[] = [
  {
    id: 'batch.apply',
    says: 'POST …/tasks/batch works through create, update, complete and delete in their order, and returns 200 with a result for each.',
    mend: 'Answer `{applied, dry_run, results: [{status, task?}]}`, with the statuses that each by itself would have had.',
    async check(probe) {
      const [kept, gone] = [await probe.add(), await probe.add()];
      const response = await apply(probe, [
        { op: 'create', title: 'New' },
        { op: 'update', id: kept.id, title: 'Bread' },
        { op: 'complete', id: kept.id, completed: true },
        { op: 'delete', id: gone.id },
      ]);
      const { applied, dry_run, results } = resultIn(probe.style, response);
      demandSame(response, 'applied and dry_run', [applied, dry_run], [true, false]);
      demandSame(response, 'the statuses', statusesOf(results), [201, 200, 200, 204]);
      const [created, , completed] = results;
      demandSame(response, 'the task that was updated and then completed', completed?.task?.title, 'Bread');
      demandSame(undefined, 'the new task', await probe.read(created?.task?.id ?? 0), created?.task);
      demandSame(undefined, 'the changed task', await probe.read(kept.id), completed?.task);
      demandStatus(await probe.call('GET', `/${gone.id}`), 404);
    },
  },
  {
    id: 'batch.keeps-absent',
    says: 'In a batch too an absent field keeps its value and null clears it.',
    mend: 'Give each operation the rules that it has by itself.',
    async check(probe) {
      const { id } = await probe.add({ title: 'Buy milk', description: 'Two litres', completed: true });
      const response = await apply(probe, [
        { op: 'update', id, title: 'Bread' },
        { op: 'update', id, description: null },
      ]);
      const tasks = resultIn(probe.style, response).results.map(({ task }) => [
        task?.title,
        task?.description,
        task?.completed,
      ]);
      const wanted = [
        ['Bread', 'Two litres', true],
        ['Bread', null, true],
      ];
      demandSame(response, 'title, description and completed', tasks, wanted);
    },
  },
  {
    id: 'batch.atomic',
    says: 'One refused operation refuses the whole batch with 422, whose results say which and why; nothing is stored.',
    mend: 'Work in one transaction, and mark the operations that were fine with 424.',
    async check(probe) {
      const before = await probe.add();
      const response = await apply(probe, [
        { op: 'update', id: before.id, title: 'Bread' },
        { op: 'delete', id: missingId },
      ]);
      const results = refusedIn(response);
      demandSame(response, 'the statuses', statusesOf(results), [424, 404]);
      const sentence = results[1]?.error?.[probe.style.sentence];
      demand(response, typeof sentence === 'string' && sentence !== '', `an error with \`${probe.style.sentence}\``);
      demandSame(undefined, 'the task afterwards', await probe.read(before.id), before);
    },
  },
  {
    id: 'batch.not-atomic',
    says: 'With "atomic": false the refused operations leave the others alone: 200, and a status for each.',
    mend: 'Store what is fine, and say of each of the others why it is not.',
    async check(probe) {
      const { id } = await probe.add();
      const operations = [
        { op: 'update', id, title: 'Bread' },
        { op: 'delete', id: missingId },
        { op: 'update', id, title: '' },
      ];
      const response = await apply(probe, operations, { atomic: false });
      const { applied, results } = resultIn(probe.style, response);
      demandSame(response, 'applied', applied, true);
      demandSame(response, 'the statuses', statusesOf(results), [200, 404, 422]);
      demandSame(undefined, 'the title', (await probe.read(id)).title, 'Bread');
    },
  },
  {
    id: 'batch.dry-run',
    says: 'With "dry_run": true the response says what would happen, and nothing is stored.',
    mend: 'Do everything except writing, and return `"applied": false, "dry_run": true`.',
    async check(probe) {
      const before = await probe.add();
      const operations = [{ op: 'update', id: before.id, title: 'Bread' }];
      const response = await apply(probe, operations, { dry_run: true });
      const { applied, dry_run, results } = resultIn(probe.style, response);
      demandSame(response, 'applied and dry_run', [applied, dry_run], [false, true]);
      demandSame(response, 'the title that it would have', results[0]?.task?.title, 'Bread');
      demandSame(undefined, 'the task afterwards', await probe.read(before.id), before);
    },
  },
  {
    id: 'batch.if-revision',
    says: 'An operation with a stale if_revision is refused with 412 and the task under `current`.',
    mend: 'Compare `if_revision` with the task’s revision, as If-Match does for one.',
    async check(probe) {
      const task = await probe.add();
      const operations = [{ op: 'update', id: task.id, title: 'Bread', if_revision: task.revision + 1 }];
      const response = await apply(probe, operations, { atomic: false });
      const [result] = resultIn(probe.style, response).results;
      demandSame(response, 'the status', result?.status, 412);
      demandSame(response, '`current`', result?.error?.current, task);
      const fine = await apply(probe, [{ op: 'update', id: task.id, title: 'Bread', if_revision: task.revision }]);
      demandSame(fine, 'the status', resultIn(probe.style, fine).results[0]?.status, 200);
    },
  },
  {
    id: 'batch.bounds',
    says: 'A batch has 1 to 100 operations; fewer or more are refused with 422.',
    mend: 'Refuse it as a whole, before anything is done.',
    async check(probe) {
      const ofLength = (length: number) => Array.from({ length }, () => ({ op: 'create', title: 'x' }));
      for (const operations of [[], ofLength(101), undefined, {}]) demandStatus(await apply(probe, operations), 422);
      const response = await apply(probe, ofLength(100), { dry_run: true });
      demandSame(undefined, 'the number of results', resultIn(probe.style, response).results.length, 100);
    },
  },
  {
    id: 'batch.malformed-operation',
    says: 'An unknown op, an unknown field and a missing id are each refused with 422 in the results.',
    mend: 'Judge every operation by itself, and name its faults under `error.errors`.',
    async check(probe) {
      const { id } = await probe.add();
      const operations = [
        { op: 'archive', id },
        { op: 'update', id, due: 'today' },
        { op: 'delete' },
        { op: 'update', id },
      ];
      const response = await apply(probe, operations, { atomic: false });
      demandSame(response, 'the statuses', statusesOf(resultIn(probe.style, response).results), [422, 422, 422, 422]);
    },
  },
  {
    id: 'batch.unknown-field',
    says: 'An unknown field beside the operations is refused with 422.',
    mend: 'Take `operations`, `atomic` and `dry_run` only: a misspelt dry_run must not be carried out.',
    async check(probe) {
      const response = await apply(probe, [{ op: 'create', title: 'x' }], { dryRun: true });
      demandStatus(response, 422);
    },
  },
  {
    id: 'batch.retry',
    says: 'A batch that is repeated under its Idempotency-Key is applied once.',
    mend: 'Honour the key on batches as on single writes.',
    async check({ call, style, list }) {
      const title = `Once ${randomUUID()}`;
      const key = { 'idempotency-key': randomUUID() };
      const send = () => call('POST', '/batch', { operations: [{ op: 'create', title }] }, key);
      const first = await send();
      resultIn(style, first);
      const second = await send();
      demand(second, second.bytes.equals(first.bytes), `the same bytes as the first response: ${first.text}`);
      const found = await list(`?search=${encodeURIComponent(title)}`);
      demandSame(undefined, 'the number of tasks that were created', found.length, 1);
    },
  },
  {
    id: 'batch.mine-only',
    says: 'A batch reaches no other user’s tasks: a foreign id is refused with 404 like a missing one.',
    mend: 'Look every id up among the caller’s own tasks.',
    needs: ['fresh', 'other'],
    async check(probe) {
      const { as, other, style } = probe;
      const theirs = taskIn(style, await as(other)('POST', '', { title: 'Theirs' }), 201);
      const operations = [{ op: 'delete', id: theirs.id }];
      const response = await apply(probe, operations, { atomic: false });
      demandSame(response, 'the statuses', statusesOf(resultIn(style, response).results), [404]);
      demandStatus(await as(other)('GET', `/${theirs.id}`), 200);
    },
  },
];
