import {
  type LocalTask,
  type LocalTasks,
  makeMemoryStore,
  type SyncStore,
  type Task,
  type TaskwardClient,
} from '@taskward/client';
import fc from 'fast-check';
import t from 'tap';
import { aCaller } from '../support/http/api.ts';
import { aListeningApi, aSignedInClient, cutOff, refused } from '../support/http/typed-client.ts';

const api = await aListeningApi(t);

type Step =
  | { kind: 'create'; device: number; title: string }
  | { kind: 'update'; device: number; at: number; value: string }
  | { kind: 'tag'; device: number; at: number; value: string; isAdded: boolean }
  | { kind: 'reschedule'; device: number; at: number; day: number }
  | { kind: 'complete'; device: number; at: number; value: boolean }
  | { kind: 'remove'; device: number; at: number }
  | { kind: 'sync'; device: number; fault: 'none' | 'lost' | 'lost in the middle' | 'unsent' | 'gone' }
  | { kind: 'reopen'; device: number };

const device = fc.nat(1);
const at = fc.nat(6);
const word = fc.constantFrom('a', 'b', 'c', 'd');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('create'), device, title: word }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('update'), device, at, value: word }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('complete'), device, at, value: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('tag'), device, at, value: word, isAdded: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('reschedule'), device, at, day: fc.integer({ min: 1, max: 9 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove'), device, at }) },
  {
    weight: 3,
    arbitrary: fc.record({
      ...{ kind: fc.constant('sync'), device },
      fault: fc.constantFrom('none', 'none', 'lost', 'lost in the middle', 'unsent', 'gone'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reopen'), device }) },
) as fc.Arbitrary<Step>;

/** A device whose network fails as it is told. */
const aDevice = (me: ReturnType<typeof aCaller>) => {
  const store: SyncStore = makeMemoryStore();
  let fault: (Step & { kind: 'sync' })['fault'] = 'none';
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    if (fault === 'unsent') throw cutOff();
    if (fault === 'gone' && url.includes('since=')) {
      fault = 'none';
      return refused(410, 'changes/gone');
    }
    const response = await globalThis.fetch(url, init);
    const isLost = fault === 'lost' && url.endsWith('/batch');
    if (!isLost && !(fault === 'lost in the middle' && url.includes('/changes'))) return response;
    await response.text();
    throw cutOff();
  };
  const open = () => aSignedInClient(api, { fetch, retry: { attempts: 1 } }, me).client;
  let client = open();
  let tasks = client.sync(store);
  return {
    tasks: () => tasks,
    client: () => client,
    reopen() {
      client = open();
      tasks = client.sync(store);
    },
    async sync(next: typeof fault) {
      fault = next;
      try {
        await tasks.sync();
      } catch (error) {
        if ((error as { code?: string }).code !== 'client/unreachable') throw error;
      }
      fault = 'none';
    },
  };
};

let creations = 0;
/** Each task is known by its description, which no step changes. Every second one recurs. */
const create = async (tasks: LocalTasks, title: string) => {
  creations += 1;
  const recurring = { due_date: '2999-01-01', repeat: 'daily' } as const;
  await tasks.create({ title, description: `creation ${creations}`, ...(creations % 2 === 0 && recurring) });
};

const run = async (tasks: LocalTasks, step: Step): Promise<void> => {
  if (step.kind === 'create') await create(tasks, step.title);
  if (!('at' in step)) return;
  const list = await tasks.list();
  const found = list[step.at % Math.max(list.length, 1)];
  if (found === undefined) return;
  if (step.kind === 'update') await tasks.update(found.key, { title: step.value });
  else if (step.kind === 'tag')
    await tasks.update(found.key, { [step.isAdded ? 'add_tags' : 'remove_tags']: [step.value] });
  else if (step.kind === 'reschedule') await tasks.update(found.key, { due_date: `2999-01-0${step.day}` });
  else if (step.kind === 'complete') await tasks.complete(found.key, step.value);
  else await tasks.remove(found.key);
};

const contentOf = (tasks: readonly (Omit<Task, 'user_id' | 'repeat'> & Pick<LocalTask, 'repeat'>)[]) =>
  tasks
    .map(({ id, title, description, completed, tags, due_date, repeat, revision }) => ({
      ...{ id, title, description, completed, tags, due_date, repeat, revision },
    }))
    .sort((one, other) => one.id - other.id);

const listed = async (client: TaskwardClient) => {
  const found = [];
  for await (const task of client.all()) found.push(task);
  return contentOf(found);
};

for (const keep of ['mine', 'theirs'] as const) {
  t.test(`whatever two devices do, on any network, both end with the server's list · ${keep}`, async (t) => {
    let conflicts = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 40 }), async (steps) => {
        const me = aCaller(api.app);
        const devices = [aDevice(me), aDevice(me)] as const;
        for (const title of ['a', 'b', 'c']) await create(devices[0].tasks(), title);
        for (const { tasks } of devices) await tasks().sync();
        for (const step of steps) {
          const { tasks, sync, reopen } = devices[step.device as 0 | 1];
          if (step.kind === 'sync') await sync(step.fault);
          else if (step.kind === 'reopen') reopen();
          else await run(tasks(), step);
        }
        for (let round = 0; round < 4; round += 1) {
          for (const { tasks } of devices) {
            const result = await tasks().sync();
            conflicts += result.conflicts.length;
            if (result.rejected.length > 0) throw new Error(JSON.stringify(result.rejected));
            for (const conflict of result.conflicts) await tasks().resolve(conflict, keep);
          }
        }
        const server = await listed(devices[0].client());
        for (const { tasks } of devices) {
          const list = await tasks().list();
          t.strictSame(contentOf(list), server);
          if (list.some(({ isPending }) => isPending)) throw new Error('something is not sent');
          if ((await tasks().conflicts()).length > 0) throw new Error('a conflict is left');
        }
        const { tasks: trash } = await devices[0].client().trash({ limit: 100 });
        const origins = [...(await listed(devices[0].client())), ...trash].map(({ description }) => description);
        t.equal(new Set(origins).size, origins.length, 'no task was created twice');
      }),
      { numRuns: 40 },
    );
    t.ok(conflicts > 5, `${conflicts} conflicts`);
  });
}

const completions = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('complete' as const), device }) },
    {
      weight: 3,
      arbitrary: fc.record({
        ...{ kind: fc.constant('sync' as const), device },
        fault: fc.constantFrom('none' as const, 'lost' as const, 'lost in the middle' as const, 'gone' as const),
      }),
    },
  ),
  { minLength: 4, maxLength: 20 },
);

t.test('whatever two devices complete, on any network, each occurrence is completed once', async (t) => {
  let repeated = 0;
  await fc.assert(
    fc.asyncProperty(completions, async (steps) => {
      const me = aCaller(api.app);
      const devices = [aDevice(me), aDevice(me)] as const;
      const { id } = await devices[0].client().create({ title: 'a', due_date: '2999-01-01', repeat: 'daily' });
      for (const { tasks } of devices) await tasks().sync();
      const completed = new Set<string>();
      for (const step of steps) {
        const { tasks, sync } = devices[step.device as 0 | 1];
        if (step.kind === 'sync') {
          await sync(step.fault);
          continue;
        }
        const due = (await tasks().get(id))?.due_date as string;
        if (completed.has(due)) repeated += 1;
        completed.add(due);
        await tasks().complete(id);
      }
      for (const { tasks } of [...devices, ...devices])
        t.strictSame(await tasks().sync(), { conflicts: [], rejected: [] });
      const { occurrences } = await devices[0].client().occurrences(id);
      t.strictSame(occurrences.map(({ due_date }) => due_date).sort(), [...completed].sort());
      for (const { tasks } of devices) t.match(await tasks().get(id), { completed: false, isPending: false });
    }),
    { numRuns: 40 },
  );
  t.ok(repeated > 5, `${repeated} repeated`);
});

const fieldOrder = (field: string) => ['title', 'description', 'completed', 'deleted'].indexOf(field);

interface Offline {
  title?: string;
  description?: string | null;
  completed?: boolean;
  deleted?: boolean;
}

const original = { title: 'o', description: 'o', completed: false };
const offline: fc.Arbitrary<Offline> = fc.oneof(
  { weight: 1, arbitrary: fc.constant({ deleted: true }) },
  {
    weight: 4,
    arbitrary: fc.record(
      {
        title: fc.constantFrom('o', 'x', 'y'),
        description: fc.constantFrom('o', 'x', null),
        completed: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
  },
);

const fields = ['title', 'description', 'completed'] as const;
const isEdit = (edit: Offline) => fields.some((field) => edit[field] !== undefined && edit[field] !== original[field]);

/** What the second device must report, by the definition of a conflict alone. */
const expected = (first: Offline, second: Offline) => {
  if (first.deleted && second.deleted) return [];
  if (first.deleted) return isEdit(second) ? [{ field: 'deleted', mine: false, theirs: true }] : [];
  if (second.deleted) return isEdit(first) ? [{ field: 'deleted', mine: true, theirs: false }] : [];
  return fields.flatMap((field) => {
    const [theirs, mine] = [first, second].map((edit) => (edit[field] === undefined ? original[field] : edit[field]));
    return theirs !== original[field] && mine !== original[field] && mine !== theirs ? [{ field, mine, theirs }] : [];
  });
};

t.test('edits of one device are merged, and conflicts are exactly what both have changed', async (t) => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(offline, offline), { minLength: 1, maxLength: 6 }), async (pairs) => {
      const me = aCaller(api.app);
      const devices = [aDevice(me), aDevice(me)] as const;
      for (const _ of pairs) await devices[0].tasks().create(original);
      for (const { tasks } of devices) await tasks().sync();
      for (const [which, { tasks }] of devices.entries()) {
        for (const [index, pair] of pairs.entries()) {
          const { deleted, ...changes } = pair[which] as Offline;
          if (deleted) await tasks().remove(index + 1);
          else await tasks().update(index + 1, changes);
        }
      }
      t.strictSame(await devices[0].tasks().sync(), { conflicts: [], rejected: [] });
      const { conflicts } = await devices[1].tasks().sync();
      const found = conflicts.map(({ task: { id }, field, mine, theirs }) => ({ id, field, mine, theirs }));
      t.strictSame(
        found.sort((one, other) => one.id - other.id || fieldOrder(one.field) - fieldOrder(other.field)),
        pairs.flatMap(([first, second], index) => expected(first, second).map((one) => ({ id: index + 1, ...one }))),
      );
      for (const [index, [first, second]] of pairs.entries()) {
        if (first.deleted || second.deleted) continue;
        const task = await devices[1].client().get(index + 1);
        const merged = { ...original, ...second, ...first };
        for (const field of fields) {
          const isTheirs = first[field] !== undefined && first[field] !== original[field];
          t.equal(
            task[field],
            isTheirs ? merged[field] : second[field] === undefined ? original[field] : second[field],
            field,
          );
        }
      }
    }),
    { numRuns: 40 },
  );
});
