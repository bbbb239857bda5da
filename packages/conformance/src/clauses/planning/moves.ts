import { type Task, taskIn } from '../../api-styles.ts';
import type { Clause, Probe } from '../../clause.ts';
import type { HttpResponse } from '../../http-messages.ts';
import { demand, demandSame, demandStatus, expectError } from '../../unmet.ts';

const move = ({ call }: Probe, { id }: Task, place: object): Promise<HttpResponse> =>
  call('POST', `/${id}/move`, place);

const addAll = async ({ add }: Probe): Promise<[Task, Task, Task, Task]> => [
  await add({ title: 'a' }),
  await add({ title: 'b' }),
  await add({ title: 'c' }),
  await add({ title: 'd' }),
];

const orderOf = async ({ list }: Probe): Promise<string> =>
  (await list('?sort=position')).map(({ title }) => title).join('');

/** The user’s own order. */
export const moves: Clause[] = [
  {
    id: 'moves.order',
    says: 'POST …/tasks/{id}/move takes before, after, or to: top or bottom, and returns 200 with the task; sort=position has that order.',
    mend: 'Give the task a `position` between those of its neighbours; new tasks come last.',
    needs: ['empty'],
    async check(probe) {
      const [a, b, c, d] = await addAll(probe);
      demandSame(undefined, 'the order of new tasks', await orderOf(probe), 'abcd');
      for (const [task, place, wanted] of [
        [d, { before: b.id }, 'adbc'],
        [a, { after: c.id }, 'dbca'],
        [c, { to: 'top' }, 'cdba'],
        [d, { to: 'bottom' }, 'cbad'],
        [b, { after: c.id }, 'cbad'],
      ] as const) {
        const response = await move(probe, task, place);
        demandSame(response, 'the task', taskIn(probe.style, response).id, task.id);
        demandSame(response, `the order after ${task.title} ${JSON.stringify(place)}`, await orderOf(probe), wanted);
      }
      await probe.add({ title: 'e' });
      demandSame(undefined, 'the order with a new task', await orderOf(probe), 'cbade');
    },
  },
  {
    id: 'moves.position',
    says: 'Positions are compared as texts, by code point: a client that sorts by them has the order of sort=position.',
    mend: 'Make keys that are compared without regard to any language.',
    needs: ['empty'],
    async check(probe) {
      const [a, b, c, d] = await addAll(probe);
      await move(probe, c, { before: b.id });
      await move(probe, d, { to: 'top' });
      await move(probe, a, { to: 'bottom' });
      const tasks = await probe.list('?sort=position');
      const positions = tasks.map(({ position }) => position);
      demandSame(undefined, 'the positions in their order', [...positions].sort(), positions);
      demandSame(undefined, 'the order', tasks.map(({ title }) => title).join(''), 'dcba');
    },
  },
  {
    id: 'moves.keeps',
    says: 'A move changes the position of the task, at a new revision, and nothing else of it or of its neighbours.',
    mend: 'Write one row.',
    async check(probe) {
      const [a, b, c] = [
        await probe.add({ priority: 'high', due_date: '2097-03-01' }),
        await probe.add(),
        await probe.add(),
      ];
      const response = await move(probe, a, { after: b.id });
      const moved = taskIn(probe.style, response);
      const { position, revision, updated_at } = moved;
      demandSame(response, 'the task', moved, { ...a, position, revision, updated_at });
      demand(response, position !== a.position && revision > c.revision, 'another position, at a new revision');
      demandSame(undefined, 'the neighbours', [await probe.read(b.id), await probe.read(c.id)], [b, c]);
    },
  },
  {
    id: 'moves.gone-anchor',
    says: 'A move beside a task that is gone is refused with 409, and changes nothing.',
    mend: 'Look for the other task under the lock under which the position is made.',
    async check(probe) {
      const [task, gone] = [await probe.add(), await probe.add()];
      await probe.call('DELETE', `/${gone.id}`);
      for (const place of [{ before: gone.id }, { after: gone.id }]) demandStatus(await move(probe, task, place), 409);
      demandSame(undefined, 'the task afterwards', await probe.read(task.id), task);
    },
  },
  {
    id: 'moves.bad',
    says: 'A move to no place, to two, or to an unknown one is refused with 422.',
    mend: 'Take exactly one of `before`, `after` and `to`.',
    async check(probe) {
      const [task, other] = [await probe.add(), await probe.add()];
      for (const place of [{}, { before: other.id, after: other.id }, { to: 'middle' }, { index: 1 }])
        expectError(await move(probe, task, place), 422);
    },
  },
];
