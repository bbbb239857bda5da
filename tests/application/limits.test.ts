import { makeTaskUseCases, type Operation, requestLimits, type TaskQuery } from '@taskward/application';
import { operator, ownerActor } from '@taskward/domain';
import t from 'tap';
import { aQuery, aSteadyClock, aUser } from '../support/builders.ts';
import { makeMemoryStores } from '../support/memory-stores.ts';
import { calendar, keys } from '../support/planning.ts';
import { recording } from './recording-ports.ts';

const owner = aUser();
const aBench = () => {
  const stores = makeMemoryStores();
  const { calls, ...ports } = recording({ tasks: stores.tasks, changes: stores.changes, planning: stores.planning });
  const { listTasks, applyBatch } = makeTaskUseCases({ ...ports, calendar, keys, clock: aSteadyClock() });
  return {
    calls,
    list: (query: Partial<TaskQuery>, actor = operator) => listTasks(actor, { owner, query: aQuery(query) }),
    batch: (count: number, actor = operator) => {
      const operations = Array.from({ length: count }, (_, index): Operation => ({ kind: 'delete', id: index + 1 }));
      return applyBatch(actor, { owner, operations, atomic: false, dryRun: false });
    },
  };
};

t.test('the limits of a request', async (t) => {
  t.strictSame(requestLimits, {
    operations: { min: 1, max: 100 },
    limit: { min: 1, max: 500 },
    offset: { min: 0, max: 10_000 },
    search: { min: 1, max: 100 },
  });
});

t.test('a query at its limits is answered', async (t) => {
  const { list } = aBench();
  for (const query of [
    { limit: 1 },
    { limit: 500 },
    { offset: 10_000 },
    { search: '👍'.repeat(100) },
    { search: 'x' },
  ]) {
    t.strictSame((await list(query)).tasks, [], JSON.stringify(query));
  }
});

t.test('a query beyond them is refused, whoever asks, before the repository is asked', async (t) => {
  const { list, calls } = aBench();
  const limit = { field: 'limit', message: 'must be a whole number from 1 to 500' };
  const offset = { field: 'offset', message: 'must be a whole number from 0 to 10000' };
  const tooLong = { field: 'search', message: 'must be at most 100 characters long, and has 101' };
  const beyond: [Partial<TaskQuery>, object[]][] = [
    ...[0, -1, 501, 1.5, Number.NaN, Number.POSITIVE_INFINITY].map((n): [Partial<TaskQuery>, object[]] => [
      { limit: n },
      [limit],
    ]),
    ...[-1, 10_001, 0.5].map((n): [Partial<TaskQuery>, object[]] => [{ offset: n }, [offset]]),
    [{ search: '' }, [{ field: 'search', message: 'must not be empty' }]],
    [{ search: '👍'.repeat(101) }, [tooLong]],
    [{ search: 'x'.repeat(101), limit: 0, offset: -1 }, [tooLong, limit, offset]],
  ];
  for (const [query, faults] of beyond) {
    for (const actor of [operator, ownerActor(owner)]) {
      await t.rejects(list(query, actor), { code: 'request/invalid', faults }, JSON.stringify(query));
    }
  }
  t.strictSame(calls, []);
});

t.test('a batch has 1 to 100 operations, whoever sends it', async (t) => {
  const { batch, calls } = aBench();
  for (const count of [0, 101, 1_000]) {
    for (const actor of [operator, ownerActor(owner)]) {
      const faults = [{ field: 'operations', message: `must be 1 to 100 operations, not ${count}` }];
      await t.rejects(batch(count, actor), { code: 'request/invalid', faults });
    }
  }
  t.strictSame(calls, []);
  for (const count of [1, 100]) t.equal((await batch(count)).outcomes.length, count);
});
