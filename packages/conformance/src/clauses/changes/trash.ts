import { type ApiStyle, type Task, taskIn, tasksIn } from '../../api-styles.ts';
import { type Clause, missingId, type Probe } from '../../clause.ts';
import type { HttpResponse } from '../../http-messages.ts';
import { demand, demandHeader, demandSame, demandStatus, expectError } from '../../unmet.ts';

type DeletedTask = Task & { readonly deleted_at?: unknown };

/** A task that was deleted, as it was. */
const deleted = async ({ add, call }: Probe, content: object = {}): Promise<Task> => {
  const task = await add(content);
  await call('DELETE', `/${task.id}`);
  return task;
};

const trashIn = (style: ApiStyle, response: HttpResponse): DeletedTask[] => tasksIn(style, response);

const inTrash = async ({ call, style }: Probe, id: number): Promise<DeletedTask | undefined> =>
  trashIn(style, await call('GET', '/trash')).find((task) => task.id === id);

const contentOf = ({ id, title, description, completed, created_at }: Task) => ({
  id,
  title,
  description,
  completed,
  created_at,
});

/** Deleted tasks, and how they come back. */
export const trash: Clause[] = [
  {
    id: 'trash.list',
    says: 'GET …/tasks/trash lists deleted tasks as they were, newest deletion first, with `deleted_at` and the revision of the deletion.',
    mend: 'Keep the last state of a task when it is deleted, and `revision` as it was counted by the deletion.',
    async check(probe) {
      const [one, two] = [await probe.add({ title: 'a', description: 'x', completed: true }), await probe.add()];
      for (const { id } of [two, one]) await probe.call('DELETE', `/${id}`);
      const response = await probe.call('GET', '/trash');
      const [newest, next] = trashIn(probe.style, response);
      demandSame(response, 'the ids', [newest?.id, next?.id], [one.id, two.id]);
      demandSame(response, 'the task', contentOf(newest as Task), contentOf(one));
      const { revision = 0, deleted_at } = newest as DeletedTask;
      demand(response, revision > (next?.revision ?? 0) && revision > two.revision, 'the revision of the deletion');
      demand(response, !Number.isNaN(Date.parse(String(deleted_at))), 'the time of the deletion in `deleted_at`');
    },
  },
  {
    id: 'trash.paging',
    says: 'The trash is paged as lists are: `limit`, and a cursor to the next page, each task once.',
    mend: 'Continue after the revision of the last deletion of the page.',
    async check(probe) {
      const { call, style } = probe;
      const ids: number[] = [];
      for (const title of ['a', 'b', 'c']) ids.unshift((await deleted(probe, { title })).id);
      const first = await call('GET', '/trash?limit=2');
      const next = style.next(first, '?limit=2');
      demand(first, next !== undefined, 'a cursor that leads to the next page');
      const found = [...tasksIn(style, first), ...tasksIn(style, await call('GET', `/trash${next}`))];
      demandSame(
        first,
        'the ids of two pages',
        found.slice(0, 3).map(({ id }) => id),
        ids,
      );
      expectError(await call('GET', '/trash?cursor=nonsense'), 422, 'cursor');
      expectError(await call('GET', '/trash?limit=0'), 422, 'limit');
    },
  },
  {
    id: 'trash.restore',
    says: 'POST …/tasks/{id}/restore brings a task back: the same id and content, at a new revision, which is its ETag.',
    mend: 'Insert the last state again, under its id, and count the owner’s revision on.',
    async check(probe) {
      const { call, style } = probe;
      const task = await deleted(probe, { title: 'a', description: 'x', completed: true });
      const response = await call('POST', `/${task.id}/restore`);
      const restored = taskIn(style, response);
      demandSame(response, 'the task', contentOf(restored), contentOf(task));
      demand(response, restored.revision > task.revision, `a revision greater than ${task.revision}`);
      demandSame(response, 'the ETag', demandHeader(response, 'ETag'), `"${restored.revision}"`);
      demandSame(undefined, 'the task afterwards', await probe.read(task.id), restored);
      demandSame(undefined, 'what the trash has of it', await inTrash(probe, task.id), undefined);
    },
  },
  {
    id: 'trash.restore-again',
    says: 'Restoring can be repeated: a task that exists is returned as it is.',
    mend: 'Return the task and change nothing.',
    async check(probe) {
      const { call, style } = probe;
      const { id } = await deleted(probe);
      const restored = taskIn(style, await call('POST', `/${id}/restore`));
      demandSame(undefined, 'the task', taskIn(style, await call('POST', `/${id}/restore`)), restored);
    },
  },
  {
    id: 'trash.restore-if-match',
    says: 'If-Match on restoring is about the revision of the deletion; another one gets 412.',
    mend: 'Compare with the revision that the trash shows.',
    async check(probe) {
      const { call } = probe;
      const { id, revision } = await deleted(probe);
      const found = await inTrash(probe, id);
      demandStatus(await call('POST', `/${id}/restore`, undefined, { 'if-match': `"${revision}"` }), 412);
      demandStatus(await call('POST', `/${id}/restore`, undefined, { 'if-match': `"${found?.revision}"` }), 200);
    },
  },
  {
    id: 'trash.missing',
    says: 'Restoring or purging a task that never was gets 404, and so does purging one that exists.',
    mend: 'Look for it among the user’s deleted tasks.',
    async check({ add, call }) {
      demandStatus(await call('POST', `/${missingId}/restore`), 404);
      demandStatus(await call('DELETE', `/trash/${missingId}`), 404);
      demandStatus(await call('DELETE', `/trash/${(await add()).id}`), 404);
    },
  },
  {
    id: 'trash.purge',
    says: 'DELETE …/tasks/trash/{id} removes a deleted task for good: restoring it gets 410, and removing it again 404.',
    mend: 'Forget its content, and keep that it was there.',
    async check(probe) {
      const { call, style } = probe;
      const { id } = await deleted(probe);
      demandStatus(await call('DELETE', `/trash/${id}`), style.deletedStatus);
      demandSame(undefined, 'what the trash has of it', await inTrash(probe, id), undefined);
      demandStatus(await call('POST', `/${id}/restore`), 410);
      demandStatus(await call('DELETE', `/trash/${id}`), 404);
    },
  },
  {
    id: 'trash.purge-all',
    says: 'DELETE …/tasks/trash removes all deleted tasks, and no other, and says how many in `purged`.',
    mend: 'Answer 200 with `{purged}`, also where there is nothing to remove.',
    needs: ['fresh'],
    async check(probe) {
      const { call, style } = probe;
      const { id } = await probe.add();
      for (const title of ['a', 'b']) await deleted(probe, { title });
      for (const purged of [2, 0]) {
        const response = await call('DELETE', '/trash');
        demandStatus(response, 200);
        demandSame(response, 'the result', style.data(response), { purged });
      }
      demandSame(undefined, 'the trash', trashIn(style, await call('GET', '/trash')), []);
      demandSame(undefined, 'the task that was not deleted', (await probe.read(id)).id, id);
    },
  },
  {
    id: 'trash.of-user',
    says: 'Another user’s deleted task is not in the trash, and gets the response of one that never was.',
    mend: 'Ask for the owner in every statement.',
    needs: ['other', 'fresh'],
    async check(probe) {
      const { call, style } = probe;
      const theirs = probe.as(probe.other);
      const { id } = taskIn(style, await theirs('POST', '', { title: 'theirs' }), 201);
      await theirs('DELETE', `/${id}`);
      demandSame(undefined, 'the trash', trashIn(style, await call('GET', '/trash')), []);
      demandStatus(await call('POST', `/${id}/restore`), 404);
      demandStatus(await call('DELETE', `/trash/${id}`), 404);
      taskIn(style, await theirs('POST', `/${id}/restore`));
    },
  },
];
