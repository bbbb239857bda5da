import { randomUUID } from 'node:crypto';
import { type Change, changesIn, type Task, taskIn } from '../../api-styles.ts';
import { type Clause, missingId, type Probe } from '../../clause.ts';
import type { HttpResponse } from '../../http-messages.ts';
import { demand, demandSame, demandStatus, expectError } from '../../unmet.ts';

interface Entry {
  readonly revision: number;
  readonly at: string;
  readonly kind: string;
  readonly changed: Readonly<Record<string, readonly unknown[]>>;
  readonly batch?: number;
  readonly request_id?: string;
}

const entriesIn = ({ style }: Probe, response: HttpResponse): Entry[] => {
  demandStatus(response, 200);
  const entries = style.data(response);
  const isList = Array.isArray(entries) && entries.every((one) => Number.isInteger((one as Entry | null)?.revision));
  demand(response, isList, 'a list of changes, each with its revision');
  return entries as Entry[];
};

const historyOf = async (probe: Probe, id: number, query = ''): Promise<Entry[]> =>
  entriesIn(probe, await probe.call('GET', `/${id}/history${query}`));

const undo = async ({ call }: Probe, revision: number): Promise<HttpResponse> =>
  call('POST', `/changes/${revision}/undo`);

/** Demands that a change was undone, and returns what has become of each task. */
const undone = async (probe: Probe, revision: number): Promise<Change[]> => {
  const response = await undo(probe, revision);
  demandStatus(response, 200);
  return changesIn(response, probe.style.data(response));
};

const put = async ({ call, style }: Probe, { id }: Task, content: object): Promise<Task> =>
  taskIn(style, await call('PUT', `/${id}`, content));

/** What was done to a task, and how it is taken back. */
export const history: Clause[] = [
  {
    id: 'history.entries',
    says: 'GET …/tasks/{id}/history lists what was done to a task, newest first: `revision`, `at`, `kind`, and `changed` with both values of each field.',
    mend: 'Answer `{revision, at, kind, changed: {field: [old, new]}}`, with `created`, `updated`, `occurrence_completed`, `deleted` or `restored` as kind.',
    async check(probe) {
      const task = await probe.add({ title: 'a' });
      await put(probe, task, { title: 'b', description: 'x' });
      await probe.call('DELETE', `/${task.id}`);
      await probe.call('POST', `/${task.id}/restore`);
      const entries = await historyOf(probe, task.id);
      demandSame(
        undefined,
        'the kinds',
        entries.map(({ kind }) => kind),
        ['restored', 'deleted', 'updated', 'created'],
      );
      const [, , update, creation] = entries as [Entry, Entry, Entry, Entry];
      demandSame(undefined, 'what the update changed', update.changed, { title: ['a', 'b'], description: [null, 'x'] });
      demandSame(undefined, 'the revision of the creation', creation.revision, task.revision);
      demandSame(undefined, 'what the creation set the title to', creation.changed?.title, [null, 'a']);
      const isTimed = entries.every(({ at }) => !Number.isNaN(Date.parse(at)));
      demand(undefined, isTimed, 'the time of each change in `at`', JSON.stringify(entries));
    },
  },
  {
    id: 'history.request-id',
    says: 'A change names the request that made it: `request_id` is its X-Request-Id.',
    mend: 'Store the request’s id with the change.',
    async check(probe) {
      const response = await probe.call('POST', '', { title: 'x' });
      const [entry] = await historyOf(probe, taskIn(probe.style, response, 201).id);
      demandSame(response, 'request_id', entry?.request_id, response.headers['x-request-id']);
    },
  },
  {
    id: 'history.deleted',
    says: 'A deleted task has its history still; one that was removed from the trash keeps what was done, without its content.',
    mend: 'Clear the values of its changes when it is purged, and keep the entries.',
    async check(probe) {
      const { id } = await probe.add({ title: 'a secret' });
      await probe.call('DELETE', `/${id}`);
      demandSame(undefined, 'the last change', (await historyOf(probe, id))[0]?.kind, 'deleted');
      await probe.call('DELETE', `/trash/${id}`);
      const response = await probe.call('GET', `/${id}/history`);
      demandSame(response, 'the number of changes', entriesIn(probe, response).length, 2);
      demand(response, !response.text.includes('a secret'), 'nothing of its content');
    },
  },
  {
    id: 'history.paging',
    says: 'A history is paged as lists are: `limit`, and a cursor to the next page.',
    mend: 'Continue after the revision of the last change of the page, with the values as they were then.',
    async check(probe) {
      const { call, style } = probe;
      const task = await probe.add({ title: '0' });
      for (const title of ['1', '2', '3']) await put(probe, task, { title });
      const first = await call('GET', `/${task.id}/history?limit=2`);
      const next = style.next(first, '?limit=2');
      demand(first, next !== undefined, 'a cursor that leads to the next page');
      const response = await call('GET', `/${task.id}/history${next}`);
      const titles = [...entriesIn(probe, first), ...entriesIn(probe, response)].map(({ changed }) => changed.title);
      const wanted = [
        ['2', '3'],
        ['1', '2'],
        ['0', '1'],
        [null, '0'],
      ];
      demandSame(response, 'the titles on two pages', titles, wanted);
      demandSame(response, 'the page after the last', style.next(response, next), undefined);
      expectError(await call('GET', `/${task.id}/history?cursor=nonsense`), 422, 'cursor');
    },
  },
  {
    id: 'history.missing',
    says: 'The history of a task that never was gets 404.',
    mend: 'Answer as for the task itself.',
    async check({ call }) {
      demandStatus(await call('GET', `/${missingId}/history`), 404);
    },
  },
  {
    id: 'history.of-user',
    says: 'Another user’s task has no history, and their change cannot be undone: both get 404.',
    mend: 'Ask for the owner in every statement.',
    needs: ['other', 'fresh'],
    async check(probe) {
      const response = await probe.as(probe.other)('POST', '', { title: 'theirs' });
      const { id, revision } = taskIn(probe.style, response, 201);
      demandStatus(await probe.call('GET', `/${id}/history`), 404);
      demandStatus(await undo(probe, revision), 404);
    },
  },
];

/** How a change is taken back. */
export const undoing: Clause[] = [
  {
    id: 'undo.update',
    says: 'POST …/tasks/changes/{revision}/undo puts back what that change changed, and nothing else, at a new revision.',
    mend: 'Set each field that the change changed to its value before, by a new change.',
    async check(probe) {
      const task = await probe.add({ title: 'a' });
      const { revision } = await put(probe, task, { title: 'b' });
      const later = await put(probe, task, { description: 'x' });
      const [change] = await undone(probe, revision);
      const now = await probe.read(task.id);
      demandSame(undefined, 'title and description', [now.title, now.description], ['a', 'x']);
      demand(undefined, now.revision > later.revision, `a revision greater than ${later.revision}`, `${now.revision}`);
      demandSame(undefined, 'what has become of the task', change, { op: 'put', task: now });
    },
  },
  {
    id: 'undo.kinds',
    says: 'Undoing a deletion restores, undoing a creation deletes, and an undo can be undone.',
    mend: 'Log an undo as any other change.',
    async check(probe) {
      const { id, revision } = await probe.add();
      await probe.call('DELETE', `/${id}`);
      const [deletion] = await historyOf(probe, id);
      await undone(probe, deletion?.revision ?? 0);
      demandStatus(await probe.call('GET', `/${id}`), 200);
      const other = await probe.add();
      const [gone] = await undone(probe, other.revision);
      demandSame(
        undefined,
        'what has become of the task',
        [gone?.op, gone?.op === 'delete' && gone.id],
        ['delete', other.id],
      );
      demandStatus(await probe.call('GET', `/${other.id}`), 404);
      await undone(probe, gone?.op === 'delete' ? gone.revision : 0);
      demandSame(undefined, 'the task', (await probe.read(other.id)).title, other.title);
      demand(undefined, other.revision > revision, 'a later revision');
    },
  },
  {
    id: 'undo.superseded',
    says: 'A field that has changed since is not put back: 409, and `superseded` names it, with the value that the change gave it and the one now.',
    mend: 'Put nothing back unless all of it can be, and list `{id, field, given, current}`.',
    async check(probe) {
      const task = await probe.add({ title: 'a' });
      const { revision } = await put(probe, task, { title: 'b', description: 'x' });
      const now = await put(probe, task, { title: 'c' });
      const response = await undo(probe, revision);
      demandStatus(response, 409);
      const { superseded } = (response.json ?? {}) as { superseded?: unknown };
      demandSame(response, '`superseded`', superseded, [{ id: task.id, field: 'title', given: 'b', current: 'c' }]);
      demandSame(response, 'the task', await probe.read(task.id), now);
    },
  },
  {
    id: 'undo.batch',
    says: 'A batch is undone as one, whichever of its changes is named.',
    mend: 'Log the first revision of a batch with each of its changes.',
    async check(probe) {
      const [one, two] = [await probe.add({ title: 'a' }), await probe.add({ title: 'b' })];
      const operations = [
        { op: 'update', id: one.id, title: 'x' },
        { op: 'delete', id: two.id },
        { op: 'create', title: 'c' },
      ];
      await probe.call('POST', '/batch', { operations });
      const { revision } = await probe.read(one.id);
      demandSame(undefined, 'the number of changes', (await undone(probe, revision)).length, 3);
      const titles = [(await probe.read(one.id)).title, (await probe.read(two.id)).title];
      demandSame(undefined, 'the titles', titles, ['a', 'b']);
    },
  },
  {
    id: 'undo.missing',
    says: 'A change that never was gets 404, and one whose task was removed from the trash 410.',
    mend: 'Say that it cannot be undone any more, and do not guess.',
    async check(probe) {
      demandStatus(await undo(probe, Number.MAX_SAFE_INTEGER), 404);
      demandStatus(await probe.call('POST', '/changes/x/undo'), 404);
      const { id } = await probe.add();
      await probe.call('DELETE', `/${id}`);
      const [deletion] = await historyOf(probe, id);
      await probe.call('DELETE', `/trash/${id}`);
      demandStatus(await undo(probe, deletion?.revision ?? 0), 410);
    },
  },
  {
    id: 'undo.retry',
    says: 'An undo that is repeated under its Idempotency-Key takes effect once.',
    mend: 'Store its response as that of any write.',
    async check(probe) {
      const task = await probe.add({ title: 'a' });
      const { revision } = await put(probe, task, { title: 'b' });
      const key = { 'idempotency-key': randomUUID() };
      const send = () => probe.call('POST', `/changes/${revision}/undo`, undefined, key);
      const first = await send();
      demandStatus(first, 200);
      const second = await send();
      demand(second, second.bytes.equals(first.bytes), `the same bytes as the first response: ${first.text}`);
    },
  },
  {
    id: 'undo.in-batch',
    says: 'A batch can restore and undo: `restore` with an `id`, `undo` with a `revision`, and each sees what came before it.',
    mend: 'Give each the rules and the status that it has by itself.',
    async check(probe) {
      const { call, style } = probe;
      const task = await probe.add({ title: 'a' });
      const { revision } = await put(probe, task, { title: 'b' });
      const operations = [
        { op: 'delete', id: task.id },
        { op: 'restore', id: task.id },
        { op: 'undo', revision },
        { op: 'undo', revision },
        { op: 'restore', id: missingId },
      ];
      const response = await call('POST', '/batch', { operations, atomic: false });
      demandStatus(response, 200);
      const { results = [] } = (style.data(response) ?? {}) as { results?: { status: number }[] };
      demandSame(
        response,
        'the statuses',
        results.map(({ status }) => status),
        [204, 200, 200, 409, 404],
      );
      demandSame(response, 'the title', (await probe.read(task.id)).title, 'a');
    },
  },
];
