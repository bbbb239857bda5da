import type { Clause, Probe } from '../../clause.ts';
import type { HttpResponse } from '../../http-messages.ts';
import { demand, demandSame, demandStatus } from '../../unmet.ts';

interface WhereResult {
  readonly status?: number;
  readonly count?: number;
  readonly changed?: number;
  readonly error?: { readonly errors?: readonly { readonly field?: unknown }[] };
}

const update = ({ call }: Probe, where: object, set: object, more: object = {}): Promise<HttpResponse> =>
  call('POST', '/batch', { operations: [{ op: 'update', where, set }], ...more });

const resultIn = ({ style }: Probe, response: HttpResponse) => {
  demandStatus(response, 200);
  const batch = style.data(response) as { applied?: boolean; results?: WhereResult[] } | undefined;
  const [result] = batch?.results ?? [];
  demand(response, result !== undefined, 'a result of the update');
  return { applied: batch?.applied, ...result };
};

const addThree = async ({ add }: Probe) => [
  await add({ tags: ['home'], priority: 'high' }),
  await add({ tags: ['home'] }),
  await add({ tags: ['work'] }),
];

const prioritiesOf = async ({ list }: Probe) => (await list('?order=asc')).map(({ priority }) => priority);

/** Updates of all tasks that meet a filter. */
export const batchWhere: Clause[] = [
  {
    id: 'batch.where',
    says: 'An update with where and set updates all tasks that meet the filter; count says how many they are, and changed how many were changed.',
    mend: 'Take the filters of a list under `where`, and the fields of an update under `set`.',
    needs: ['empty'],
    async check(probe) {
      await addThree(probe);
      const response = await update(probe, { status: 'pending', tag: 'HOME' }, { priority: 'high', add_tags: ['x'] });
      demandSame(response, 'the result', resultIn(probe, response), {
        applied: true,
        status: 200,
        count: 2,
        changed: 2,
      });
      demandSame(undefined, 'the priorities', await prioritiesOf(probe), ['high', 'high', null]);
      const again = await update(probe, { any_tag: ['home', 'work'] }, { priority: 'high' });
      demandSame(again, 'the result', resultIn(probe, again), { applied: true, status: 200, count: 3, changed: 1 });
    },
  },
  {
    id: 'batch.where-dry-run',
    says: 'With "dry_run": true the counts say what would be changed, and nothing is.',
    mend: 'Do everything except writing.',
    needs: ['empty'],
    async check(probe) {
      await addThree(probe);
      const response = await update(probe, { tag: 'home' }, { priority: 'urgent' }, { dry_run: true });
      demandSame(response, 'the result', resultIn(probe, response), {
        applied: false,
        status: 200,
        count: 2,
        changed: 2,
      });
      demandSame(undefined, 'the priorities', await prioritiesOf(probe), ['high', null, null]);
    },
  },
  {
    id: 'batch.where-whole',
    says: 'If one of the tasks cannot be changed so, none is: 422.',
    mend: 'Check all of them before any is written.',
    needs: ['empty'],
    async check(probe) {
      await probe.add({ due_date: '2097-03-01' });
      await probe.add();
      const response = await update(probe, { status: 'all' }, { repeat: 'daily', priority: 'low' }, { atomic: false });
      demandSame(response, 'the status', resultIn(probe, response).status, 422);
      demandSame(undefined, 'the priorities', await prioritiesOf(probe), [null, null]);
    },
  },
  {
    id: 'batch.where-empty',
    says: 'A where without a filter, and one with an unknown filter, are refused with 422: all tasks are meant by {"status": "all"} only.',
    mend: 'Refuse `{}`, and names that are no filter, before anything is done.',
    async check(probe) {
      for (const where of [{}, { tagged: 'home' }, undefined]) {
        const response = await update(probe, where as object, { priority: 'low' }, { atomic: false });
        demandSame(response, 'the status', resultIn(probe, response).status, 422);
      }
    },
  },
  {
    id: 'batch.where-undo',
    says: 'What an update by a filter has changed is undone as one.',
    mend: 'Log its changes as one batch.',
    needs: ['empty'],
    async check(probe) {
      const [one] = await addThree(probe);
      demandStatus(await update(probe, { status: 'all' }, { priority: 'low' }), 200);
      const { revision } = await probe.read(one?.id ?? 0);
      demandStatus(await probe.call('POST', `/changes/${revision}/undo`), 200);
      demandSame(undefined, 'the priorities', await prioritiesOf(probe), ['high', null, null]);
    },
  },
];
