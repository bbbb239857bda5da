import { styles, taskIn } from '../../api-styles.ts';
import type { Clause } from '../../clause.ts';
import { demand, demandSame, demandStatus } from '../../unmet.ts';

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** What a task is, and how it comes and goes. */
export const tasks: Clause[] = [
  {
    id: 'tasks.create',
    says: 'POST returns 201 with the new task.',
    mend: 'Answer a POST to the collection with 201 and the task, wrapped as this style wraps results.',
    async check({ call, style }) {
      const response = await call('POST', '', { title: 'Buy milk', description: 'Two litres', completed: true });
      const { title, description, completed } = taskIn(style, response, 201);
      const wanted = { title: 'Buy milk', description: 'Two litres', completed: true };
      demandSame(response, 'the task', { title, description, completed }, wanted);
    },
  },
  {
    id: 'tasks.location',
    says: 'The 201 has a Location that leads to the task.',
    mend: 'Send `Location` with the path of the new task below the collection that it was sent to.',
    async check({ call, style, mine }) {
      const response = await call('POST', '', { title: 'Buy milk' });
      const { id } = taskIn(style, response, 201);
      const location = response.headers.location ?? '';
      const { pathname } = new URL(location, 'http://server');
      demand(response, pathname.endsWith(`${mine}/${id}`), `Location: ${mine}/${id}`, `Location: ${location}`);
    },
  },
  {
    id: 'tasks.fields',
    says: 'A task has id, user_id, title, description, completed, created_at, updated_at and revision, in snake_case.',
    mend: 'Send all eight fields with every task: texts, `description` null where there is none, whole numbers for `id` and `revision`.',
    async check({ call, style }) {
      const response = await call('POST', '', { title: 'Buy milk' });
      const task = taskIn(style, response, 201) as unknown as Record<string, unknown>;
      const isWhole = (value: unknown) => Number.isInteger(value) && (value as number) >= 1;
      const isText = (value: unknown) => typeof value === 'string';
      const rules: [string, (value: unknown) => boolean, string][] = [
        ['id', isWhole, 'a whole number from 1 on'],
        ['user_id', isText, 'a text'],
        ['title', isText, 'a text'],
        ['description', (value) => value === null || isText(value), 'a text or null'],
        ['completed', (value) => typeof value === 'boolean', 'true or false'],
        ['created_at', isText, 'a text'],
        ['updated_at', isText, 'a text'],
        ['revision', isWhole, 'a whole number from 1 on'],
      ];
      for (const [name, fits, kind] of rules)
        demand(response, fits(task[name]), `the task’s \`${name}\` to be ${kind}`);
    },
  },
  {
    id: 'tasks.owner',
    says: 'A task’s user_id is the sub of the token that created it.',
    mend: 'Take the owner from the verified token, as the text that it is, and show it as `user_id`.',
    async check({ me, add }) {
      demandSame(undefined, '`user_id`', (await add()).user_id, me.id);
    },
  },
  {
    id: 'tasks.defaults',
    says: 'A title is enough: description is null and completed false.',
    mend: 'Demand `title` only, and fill in null and false.',
    async check({ add }) {
      const { description, completed } = await add({ title: 'Buy milk' });
      demandSame(undefined, 'the task', { description, completed }, { description: null, completed: false });
    },
  },
  {
    id: 'tasks.times',
    says: 'Times are RFC 3339 in UTC, with milliseconds and Z.',
    mend: 'Write times as `2026-11-20T09:30:00.123Z`: never without a zone, which browsers take for local time.',
    async check({ call, style }) {
      const response = await call('POST', '', { title: 'Buy milk' });
      const task = taskIn(style, response, 201);
      for (const name of ['created_at', 'updated_at'] as const) {
        const holds = instant.test(task[name]) && !Number.isNaN(Date.parse(task[name]));
        demand(response, holds, `\`${name}\` as 2026-11-20T09:30:00.123Z`, `${name} ${task[name]}`);
      }
    },
  },
  {
    id: 'tasks.ids-from-1',
    says: 'A user’s ids are counted 1, 2, 3 …, each user’s by themselves.',
    mend: 'Count ids per user, not per table: the owner and the id together are a task’s identity.',
    needs: ['fresh', 'other'],
    async check({ add, as, other, style }) {
      const mine = [(await add()).id, (await add()).id];
      const theirs = taskIn(style, await as(other)('POST', '', { title: 'Theirs' }), 201).id;
      demandSame(undefined, 'the ids of two of mine and one of another user’s', [...mine, theirs], [1, 2, 1]);
    },
  },
  {
    id: 'tasks.ids-never-reused',
    says: 'The id of a deleted task is not given to another one.',
    mend: 'Keep a counter per user; do not take the greatest id that is left.',
    async check({ add, call }) {
      const { id } = await add();
      const deleted = await call('DELETE', `/${id}`);
      const next = (await add()).id;
      demand(deleted, next > id, `an id greater than ${id}, which was deleted`, `id ${next}`);
    },
  },
  {
    id: 'tasks.read',
    says: 'GET of a task returns 200 with the task as it was created.',
    mend: 'Answer GET …/tasks/{id} with the same representation that POST gave.',
    async check({ add, call, style }) {
      const made = await add({ description: 'Two litres' });
      const response = await call('GET', `/${made.id}`);
      demandSame(response, 'the task', taskIn(style, response), made);
    },
  },
  {
    id: 'tasks.delete',
    says: 'DELETE returns 204 without a body (bare) or 200 {"success": true} (envelope), and the task is gone.',
    mend: 'Answer as the style says, and with 404 from then on.',
    async check({ add, call, style }) {
      const { id } = await add();
      const response = await call('DELETE', `/${id}`);
      demandStatus(response, style.deletedStatus);
      if (style.name === 'bare') demand(response, response.bytes.length === 0, 'no body');
      else demandSame(response, 'the body', response.json, { success: true });
      demandStatus(await call('GET', `/${id}`), 404);
    },
  },
  {
    id: 'tasks.envelope',
    says: 'On the envelope style a result is {"success": true, "data": …}; on the bare style it is the resource itself.',
    mend: 'Wrap, or do not wrap, every success alike: clients read `data` on one style and the body on the other.',
    async check({ call, style }) {
      const created = await call('POST', '', { title: 'Buy milk' });
      const { id } = taskIn(style, created, 201);
      for (const response of [created, await call('GET', `/${id}`), await call('GET', '?limit=1')]) {
        const body = response.json as Record<string, unknown>;
        const wrapped = body.success === true && 'data' in body;
        if (style.name === 'envelope') demand(response, wrapped, '{"success": true, "data": …}');
        else demand(response, !('success' in body) && !('data' in body), 'the resource itself');
      }
    },
  },
  {
    id: 'tasks.both-styles',
    says: 'A task that is created on one style is there on the other.',
    mend: 'Serve both styles from the same store and the same rules.',
    needs: ['both'],
    async check({ add, as, me, style }) {
      const made = await add();
      const other = styles[style.name === 'bare' ? 'envelope' : 'bare'];
      const response = await as(me, other)('GET', `/${made.id}`);
      demandSame(response, 'the task', taskIn(other, response), made);
    },
  },
  {
    id: 'tasks.revision',
    says: 'revision is the owner’s change counter: it grows with every change of any task, and stays with the others.',
    mend: 'Keep one counter per user, raise it with each change, and note its value in the task that changed.',
    async check({ add, call, style, read }) {
      const [first, second] = [await add(), await add()];
      const changed = taskIn(style, await call('PATCH', `/${first.id}`, { title: 'Another' }));
      const order = [first.revision, second.revision, changed.revision];
      const holds = first.revision < second.revision && second.revision < changed.revision;
      demand(undefined, holds, 'revisions that grow from change to change', `revisions ${order.join(', ')}`);
      const untouched = (await read(second.id)).revision;
      demandSame(undefined, 'the revision of the task that did not change', untouched, second.revision);
    },
  },
];
