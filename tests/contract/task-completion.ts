import { operator, Task } from '@taskward/domain';
import type { Test } from 'tap';
import { aDraft, anInstant, anOrigin, aQuery, aUser, changing } from '../support/builders.ts';
import { aPlanning } from '../support/planning.ts';
import type { MakeRepository } from './task-lists.ts';

const monday = anInstant('2026-11-23T08:00:00.000Z');
const tuesday = anInstant('2026-11-24T08:00:00.000Z');

type Tasks = Awaited<ReturnType<MakeRepository>>;

const setCompleted =
  (tasks: Tasks) =>
  (owner: Task['owner'], id: number, completed?: boolean, now = tuesday): Promise<Task> => {
    const change = (task: Task) => task.setCompleted(operator, { completed }, now, aPlanning());
    return tasks.update(owner, id, change, anOrigin(), Task.completionRule(completed, now));
  };

/** How every task repository must apply a completion rule: as if it had read the task first. */
export const testTaskCompletion = (t: Test, make: MakeRepository): void => {
  t.test('a completion rule stores what the domain makes of the task', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    for (const was of [false, true]) {
      for (const completed of [undefined, false, true]) {
        for (const now of [monday, tuesday]) {
          const name = `${was ? 'done' : 'open'}, to ${completed}, ${now}`;
          const draft = aDraft(owner, { title: 'Milk', description: 'Oat', completed: was }, monday);
          const before = await tasks.add(draft, anOrigin());
          const expected = before.setCompleted(operator, { completed }, now, aPlanning());
          const after = expected === before ? before : expected.revise(before.revision + 1);
          t.strictSame(await setCompleted(tasks)(owner, before.id, completed, now), after, name);
          t.strictSame(await tasks.get(owner, before.id), after, `${name}, as it is stored`);
          t.equal((await tasks.list(owner, aQuery())).revision, after.revision, `${name}, and no revision more`);
        }
      }
    }
  });

  t.test('a clock that was set back makes no task look older', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    await tasks.add(aDraft(owner, {}, tuesday), anOrigin());
    t.match(await setCompleted(tasks)(owner, 1, undefined, monday), {
      completed: true,
      updatedAt: tuesday,
      revision: 2,
    });
    t.match(await tasks.get(owner, 1), { completed: true, updatedAt: tuesday, revision: 2 });
  });

  t.test('nobody completes a task that is missing, or another’s', async (t) => {
    const tasks = await make(t);
    const [ann, bob] = [aUser(), aUser()];
    const before = await tasks.add(aDraft(bob), anOrigin());
    await t.rejects(setCompleted(tasks)(ann, 1), { code: 'task/not-found' }, 'a user without tasks');
    await tasks.add(aDraft(ann), anOrigin());
    await tasks.remove(ann, 1, anOrigin());
    await t.rejects(setCompleted(tasks)(ann, 1), { code: 'task/not-found' });
    t.equal((await tasks.list(ann, aQuery())).revision, 2, 'nor spends a revision on it');
    t.strictSame(await tasks.get(bob, 1), before);
  });

  t.test('concurrent toggles, with changes between them: each finds what the one before it left', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    await tasks.add(aDraft(owner, { title: '0' }, monday), anOrigin());
    const count = (task: Task) => changing(owner, { title: String(Number(task.title) + 1) }, tuesday)(task);
    const changed = await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        n % 3 === 0 ? tasks.update(owner, 1, count, anOrigin()) : setCompleted(tasks)(owner, 1),
      ),
    );
    t.same(
      changed.map(({ revision }) => revision).sort((a, b) => a - b),
      Array.from({ length: 30 }, (_, n) => n + 2),
      'every one of them counted, without gaps',
    );
    t.match(await tasks.get(owner, 1), { title: '10', completed: false, revision: 31 }, 'twenty toggles cancel out');
  });
};
