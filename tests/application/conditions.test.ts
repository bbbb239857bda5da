import { makeTaskUseCases, type TaskUseCases } from '@taskward/application';
import { type Condition, type DomainError, operator, ownerActor, type UserId } from '@taskward/domain';
import t from 'tap';
import { aDraft, anOrigin, aQuery, aSteadyClock, aUser } from '../support/builders.ts';
import { makeMemoryStores } from '../support/memory-stores.ts';
import { calendar, keys } from '../support/planning.ts';
import { recording } from './recording-ports.ts';

type Deed = (useCases: TaskUseCases, input: { owner: UserId; id: number; condition?: Condition }) => Promise<unknown>;

/** Everything that takes a condition. */
const deeds: Readonly<Record<string, Deed>> = {
  updateTask: ({ changeTask }, input) =>
    changeTask(ownerActor(input.owner), { ...input, change: { kind: 'update', changes: { title: 'New' } } }),
  'updateTask to what it is': ({ changeTask }, input) =>
    changeTask(ownerActor(input.owner), { ...input, change: { kind: 'update', changes: { title: 'Buy milk' } } }),
  completeTask: ({ changeTask }, input) =>
    changeTask(ownerActor(input.owner), { ...input, change: { kind: 'complete' } }),
  'completeTask to what it is': ({ changeTask }, input) =>
    changeTask(ownerActor(input.owner), { ...input, change: { kind: 'complete', completed: false } }),
  deleteTask: ({ deleteTask }, input) => deleteTask(ownerActor(input.owner), input),
};

/** The use-cases over a store with a task at revision 2, and one of an earlier revision. */
const aBench = async () => {
  const { tasks: store, changes, planning } = makeMemoryStores();
  const owner = aUser();
  await store.add(aDraft(owner), anOrigin());
  const task = await store.add(aDraft(owner), anOrigin());
  const { tasks, calls } = recording({ tasks: store });
  const useCases = makeTaskUseCases({ tasks, changes, planning, calendar, keys, clock: aSteadyClock() });
  return { store, owner, task, calls, useCases, list: () => store.list(owner, aQuery()) };
};

for (const [name, deed] of Object.entries(deeds)) {
  t.test(`${name}: goes ahead if the condition holds, else it is stale, with the task as it is`, async (t) => {
    const table: [condition: Condition | undefined, ok: boolean][] = [
      [undefined, true],
      [{}, true],
      [{ match: [2] }, true],
      [{ match: 'any' }, true],
      [{ match: [1] }, false],
      [{ match: [3] }, false],
      [{ match: [] }, false],
      [{ noneMatch: [1] }, true],
      [{ noneMatch: [2] }, false],
      [{ noneMatch: 'any' }, false],
    ];
    for (const [condition, ok] of table) {
      const about = JSON.stringify(condition) ?? 'no condition';
      const { owner, task, useCases, calls, list } = await aBench();
      const before = await list();
      const outcome = deed(useCases, { owner, id: 2, ...(condition && { condition }) });
      if (ok) {
        await t.resolves(outcome, about);
      } else {
        const error = await outcome.then(
          () => undefined,
          (thrown: DomainError) => thrown,
        );
        t.match(error, { name: 'DomainError', code: 'task/stale', message: /is at revision 2 now/ }, about);
        t.strictSame(error?.current, task, `${about}: the task as it is`);
        t.strictSame(await list(), before, `${about}: nothing was written, no revision spent`);
      }
      t.equal(calls.length, 1, `${about}: the condition is judged in the step that writes`);
    }
  });

  t.test(`${name}: a task that is not there is not found, whatever the condition`, async (t) => {
    const { owner, useCases } = await aBench();
    for (const condition of [{ match: [1] }, { match: 'any' }, { noneMatch: 'any' }] as const) {
      await t.rejects(deed(useCases, { owner, id: 999, condition }), { code: 'task/not-found' });
    }
  });
}

t.test('a change that is refused for its content and its condition is stale: the condition comes first', async (t) => {
  const { owner, useCases } = await aBench();
  const stale = useCases.changeTask(operator, {
    owner,
    id: 2,
    change: { kind: 'update', changes: { title: '' } },
    condition: { match: [1] },
  });
  await t.rejects(stale, { code: 'task/stale' });
});

t.test('of two changes on one revision the second is stale, with what the first wrote', async (t) => {
  const { owner, useCases } = await aBench();
  const change = (title: string) =>
    useCases.changeTask(operator, {
      owner,
      id: 2,
      change: { kind: 'update', changes: { title } },
      condition: { match: [2] },
    });
  const results = await Promise.allSettled([change('a'), change('b'), change('c')]);
  const [winner] = results.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const losers = results.flatMap((one) => (one.status === 'rejected' ? [one.reason as DomainError] : []));
  t.strictSame(
    losers.map(({ code, current }) => [code, current]),
    [
      ['task/stale', winner],
      ['task/stale', winner],
    ],
  );
});

t.test('listTasks: known revisions save reading the page', async (t) => {
  const { owner, useCases, calls, list } = await aBench();
  const whole = { ...(await list()), unchanged: false };
  t.strictSame([whole.revision, whole.tasks.length], [2, 2]);
  const nothing = { revision: 2, unchanged: true, tasks: [] };
  for (const known of ['any', [2], [1, 2]] as const) {
    t.strictSame(await useCases.listTasks(operator, { owner, query: aQuery(), known }), nothing, String(known));
    t.strictSame(calls.splice(0), [{ method: 'revision', args: [owner] }], 'only the counter is read');
  }
  for (const known of [undefined, [], [1], [3]]) {
    t.strictSame(
      await useCases.listTasks(operator, { owner, query: aQuery(), ...(known && { known }) }),
      whole,
      String(known),
    );
    const methods = calls.splice(0).map(({ method }) => method);
    t.strictSame(methods, known?.length ? ['revision', 'list'] : ['list'], 'the counter before the page');
  }
  await t.rejects(useCases.listTasks(ownerActor(aUser()), { owner, query: aQuery(), known: 'any' }), {
    code: 'auth/wrong-user',
  });
});
