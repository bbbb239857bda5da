import { type Task, taskIn } from '../../api-styles.ts';
import type { Clause } from '../../clause.ts';
import { demand, demandSame, demandStatus, expectError, faultsOf } from '../../unmet.ts';

const content = ({ title, description, completed }: Task) => ({ title, description, completed });
const full = { title: 'Buy milk', description: 'Two litres', completed: true };

const keepsAbsent = (method: 'PUT' | 'PATCH'): Clause => ({
  id: `updates.${method.toLowerCase()}-keeps-absent`,
  says: `${method} changes the fields that it names; one that is absent keeps its value.`,
  mend: 'Change only the fields that are in the body: an update never wipes what the client did not name.',
  async check({ add, call, style }) {
    for (const change of [{ title: 'Bread' }, { description: 'A loaf' }, { completed: false }]) {
      const { id } = await add(full);
      const response = await call(method, `/${id}`, change);
      demandSame(response, 'the task', content(taskIn(style, response)), { ...full, ...change });
    }
  },
});

/** How a task changes. */
export const updates: Clause[] = [
  keepsAbsent('PUT'),
  keepsAbsent('PATCH'),
  {
    id: 'updates.put-full',
    says: 'PUT with all three fields sets all three, and returns 200 with the task.',
    mend: 'Take `{title, description, completed}`, and return the updated task.',
    async check({ add, call, style, read }) {
      const { id } = await add();
      const response = await call('PUT', `/${id}`, full);
      demandSame(response, 'the task', content(taskIn(style, response)), full);
      demandSame(undefined, 'the task when it is read', content(await read(id)), full);
    },
  },
  {
    id: 'updates.null-clears',
    says: '"description": null clears the description, with PUT and with PATCH.',
    mend: 'Tell null from absent: null clears, absent keeps.',
    async check({ add, call, style }) {
      for (const method of ['PUT', 'PATCH']) {
        const { id } = await add(full);
        const response = await call(method, `/${id}`, { ...full, description: null });
        demandSame(response, 'the description', taskIn(style, response).description, null);
      }
    },
  },
  {
    id: 'updates.null-refused',
    says: 'A title or a completed of null is refused with 422: there is no task without them.',
    mend: 'Let null clear `description` only.',
    async check({ add, call }) {
      const { id } = await add();
      for (const method of ['PUT', 'PATCH']) {
        expectError(await call(method, `/${id}`, { title: null }), 422, 'title');
        expectError(await call(method, `/${id}`, { completed: null }), 422, 'completed');
      }
    },
  },
  {
    id: 'updates.merge-patch',
    says: 'PATCH takes application/merge-patch+json too.',
    mend: 'Read both media types alike (RFC 7396).',
    async check({ add, call, style }) {
      const { id } = await add();
      const type = { 'content-type': 'application/merge-patch+json' };
      const response = await call('PATCH', `/${id}`, { title: 'Bread' }, type);
      demandSame(response, 'the title', taskIn(style, response).title, 'Bread');
    },
  },
  {
    id: 'updates.nothing-named',
    says: 'PUT and PATCH with {} or without a body are refused with 422.',
    mend: 'Demand at least one field: a body that changes nothing is a mistake of the client’s.',
    async check({ add, call }) {
      const { id } = await add();
      for (const method of ['PUT', 'PATCH']) {
        demandStatus(await call(method, `/${id}`, {}), 422);
        demandStatus(await call(method, `/${id}`), 422);
      }
    },
  },
  {
    id: 'updates.no-change',
    says: 'A change to the same values writes nothing: same revision, same updated_at.',
    mend: 'Compare before you write.',
    async check({ add, call, style }) {
      const before = await add({ ...full });
      for (const [method, suffix, body] of [
        ['PUT', '', full],
        ['PATCH', '', full],
        ['PATCH', '/complete', { completed: true }],
      ] as const) {
        const response = await call(method, `/${before.id}${suffix}`, body);
        demandSame(response, 'the task', taskIn(style, response), before);
      }
    },
  },
  {
    id: 'updates.times',
    says: 'A change sets updated_at and leaves created_at.',
    mend: 'Set `updated_at` with every change, and never before `created_at`.',
    async check({ add, call, style }) {
      const before = await add();
      // So that a clock that counts milliseconds has gone on.
      await new Promise((resolve) => setTimeout(resolve, 5));
      const response = await call('PUT', `/${before.id}`, { title: 'Bread' });
      const after = taskIn(style, response);
      demandSame(response, 'created_at', after.created_at, before.created_at);
      const later = after.updated_at > before.updated_at;
      demand(response, later, `updated_at after ${before.updated_at}`, `updated_at ${after.updated_at}`);
    },
  },
  {
    id: 'updates.refused-whole',
    says: 'A refused update changes nothing at all.',
    mend: 'Check all fields before any of them is written.',
    async check({ add, call, read }) {
      const before = await add(full);
      for (const method of ['PUT', 'PATCH']) {
        const response = await call(method, `/${before.id}`, { description: 'changed', title: '' });
        demandStatus(response, 422);
        demandSame(response, 'the task afterwards', await read(before.id), before);
      }
    },
  },
  {
    id: 'updates.unknown-field',
    says: 'An unknown field is refused with 422 that names it, never dropped.',
    mend: 'Refuse bodies with fields that a task does not have, and name each in `errors`.',
    async check({ add, call }) {
      const { id } = await add();
      for (const [method, path] of [
        ['POST', ''],
        ['PUT', `/${id}`],
        ['PATCH', `/${id}`],
        ['PATCH', `/${id}/complete`],
      ] as const) {
        const known = path.endsWith('complete') ? { completed: true } : { title: 'Bread' };
        for (const field of ['due', 'id', 'user_id']) {
          expectError(await call(method, path, { ...known, [field]: 999_999 }), 422, field);
        }
      }
    },
  },
  {
    id: 'updates.nearest-field',
    says: 'The error for an unknown field names the nearest known one.',
    mend: 'Say it in the fault’s message: “is not a known field: did you mean `completed`?”',
    async check({ call }) {
      const response = await call('POST', '', { title: 'x', is_completed: true });
      expectError(response, 422, 'is_completed');
      const fault = faultsOf(response).find(({ field }) => field === 'is_completed');
      demand(response, /\bcompleted\b/.test(String(fault?.message)), 'a message that names `completed`');
    },
  },
  {
    id: 'updates.complete-toggles',
    says: 'PATCH …/complete without a body, with an empty one, or with {} toggles, and returns 200 with the task.',
    mend: 'Take no body, and an empty one under `Content-Type: application/json`, for {}.',
    async check({ add, call, style }) {
      const { id } = await add();
      let wanted = false;
      for (const body of [undefined, '', {}, undefined]) {
        wanted = !wanted;
        const response = await call('PATCH', `/${id}/complete`, body);
        demandSame(response, 'completed', taskIn(style, response).completed, wanted);
      }
    },
  },
  {
    id: 'updates.complete-sets',
    says: 'PATCH …/complete with {"completed": …} sets it, and may be repeated.',
    mend: 'Set what the body says; toggle only where it says nothing.',
    async check({ add, call, style }) {
      const { id } = await add();
      for (const completed of [true, true, false, false]) {
        const response = await call('PATCH', `/${id}/complete`, { completed });
        demandSame(response, 'completed', taskIn(style, response).completed, completed);
      }
    },
  },
  {
    id: 'updates.complete-refuses',
    says: 'PATCH …/complete with anything but true or false is refused with 422, and toggles nothing.',
    mend: 'Refuse what is no boolean: do not take it for nothing.',
    async check({ add, call, read }) {
      const { id } = await add();
      for (const completed of ['true', null, 0]) {
        expectError(await call('PATCH', `/${id}/complete`, { completed }), 422, 'completed');
      }
      demandSame(undefined, 'completed afterwards', (await read(id)).completed, false);
    },
  },
  {
    id: 'updates.delete-empty-body',
    says: 'DELETE with Content-Type: application/json and an empty body is fine.',
    mend: 'Take an empty body for none: many clients send the header with everything.',
    async check({ add, call, style }) {
      const { id } = await add();
      demandStatus(await call('DELETE', `/${id}`, ''), style.deletedStatus);
    },
  },
  {
    id: 'updates.delete-refuses-fields',
    says: 'DELETE with fields in its body is refused with 422, and deletes nothing.',
    mend: 'Accept no body silently that a client could think did something.',
    async check({ add, call, read }) {
      const { id } = await add();
      demandStatus(await call('DELETE', `/${id}`, { id: id + 1 }), 422);
      await read(id);
    },
  },
];
