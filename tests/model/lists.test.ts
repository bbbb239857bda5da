import assert from 'node:assert/strict';
import { makeOwnerPorts } from '@taskward/adapters-postgres';
import type { TaskPage, TaskQuery, TaskRepository } from '@taskward/application';
import { operator, type Task, type TaskFields, type UserId } from '@taskward/domain';
import fc from 'fast-check';
import t from 'tap';
import { aDraft, anOrigin, aQuery, aUser, giving } from '../support/builders.ts';
import { makeMemoryStores } from '../support/memory-stores.ts';
import { aPlanning } from '../support/planning.ts';
import { sharedDatabase } from '../support/postgres/database.ts';
import { scaled } from '../support/scale.ts';
import { aFewValued, anOrder, aShortFilter, aStep, momentOf, type Step } from './lists.ts';

/** Tasks up to this id stay as they are while a list is read. */
const settled = 14;
const moving = 10;
const someContents = fc.array(aFewValued, { minLength: settled + moving, maxLength: settled + moving });
const someSteps = fc.array(aStep(settled + 1, settled + moving), { minLength: 12, maxLength: 12 });

const addAll = (tasks: TaskRepository, owner: UserId, contents: readonly TaskFields[]) =>
  tasks.transact(owner, { ids: [] }, anOrigin(), (unit) => {
    contents.forEach((content, n) => void unit.add(aDraft(owner, content, momentOf((n % 7) * 60))));
    return { result: undefined, store: true };
  });

/** Takes a step, at a time of its own. What is about a task that is gone does nothing. */
const take = async (tasks: TaskRepository, owner: UserId, step: Step, n: number): Promise<void> => {
  const now = momentOf(600 + n * 60);
  if (step.kind === 'add') return void (await tasks.add(aDraft(owner, step.content, now), anOrigin()));
  await tasks.transact(owner, { ids: [step.id] }, anOrigin(), (unit) => {
    const change = (task: Task) =>
      step.kind === 'give' ? giving(owner, step.content, now)(task) : task.setCompleted(operator, {}, now, aPlanning());
    if (unit.find(step.id) !== undefined) {
      if (step.kind === 'remove') unit.remove(step.id);
      else unit.update(step.id, change);
    }
    return { result: undefined, store: true };
  });
};

const seen = ({ tasks, ...page }: TaskPage) => ({ ...page, tasks: tasks.map((task) => ({ ...task })) });

/** Reads a list page by page, with something in between. */
const walking = async (tasks: TaskRepository, owner: UserId, query: TaskQuery, between: () => Promise<void>) => {
  const walked: Task[] = [];
  for (let page = await tasks.list(owner, query); ; page = await tasks.list(owner, { ...query, after: page.next })) {
    walked.push(...page.tasks);
    if (page.next === undefined) return walked;
    await between();
  }
};

const isSettled = ({ id }: Task): boolean => id <= settled;

/** Every task that did not change is there once, in its place, and none is twice in one state. */
const assertWhole = (walked: readonly Task[], before: readonly Task[]) => {
  const ids = (tasks: readonly Task[]) => tasks.filter(isSettled).map(({ id }) => id);
  assert.deepEqual(ids(walked), ids(before));
  const states = walked.map(({ id, revision }) => `${id} ${revision}`);
  assert.equal(new Set(states).size, states.length);
};

t.test('while tasks change, pages have no gap and no repeat, and both stores have the same pages', async (t) => {
  const model = makeMemoryStores().tasks;
  const real = makeOwnerPorts({ database: await sharedDatabase(t) }).tasks;
  let pages = 0;
  const property = fc.asyncProperty(
    someContents,
    aShortFilter,
    anOrder,
    fc.integer({ min: 1, max: 6 }),
    someSteps,
    async (contents, filter, sort, limit, steps) => {
      const owner = aUser();
      const both = [model, real];
      for (const tasks of both) await addAll(tasks, owner, contents);
      const query = aQuery({ ...filter, sort, limit, count: true });
      const { tasks: before } = await model.list(owner, { ...query, limit: 500 });
      const walked: Task[] = [];
      let after: Pick<TaskQuery, 'after'> = {};
      for (let n = 0; ; n += 1) {
        const [expected, page] = await Promise.all([
          model.list(owner, { ...query, ...after }),
          real.list(owner, { ...query, ...after }),
        ]);
        assert.deepEqual(seen(page), seen(expected));
        pages += 1;
        walked.push(...page.tasks);
        if (page.next === undefined) break;
        after = { after: page.next };
        const step = steps[n % steps.length] as Step;
        for (const tasks of both) await take(tasks, owner, step, n);
      }
      assertWhole(walked, before);
    },
  );
  await fc.assert(property, { numRuns: scaled(1_000, 150), endOnFailure: true });
  t.ok(pages > scaled(2_000, 300), `${pages} pages were compared`);
});

t.test('while others write all the time, pages have no gap and no repeat', async (t) => {
  const real = makeOwnerPorts({ database: await sharedDatabase(t) }).tasks;
  const property = fc.asyncProperty(
    someContents,
    aShortFilter,
    anOrder,
    someSteps,
    async (contents, filter, sort, steps) => {
      const owner = aUser();
      await addAll(real, owner, contents);
      const query = aQuery({ ...filter, sort, limit: 3 });
      const { tasks: before } = await real.list(owner, { ...query, limit: 500 });
      const writing = Promise.all(steps.map((step, n) => take(real, owner, step, n)));
      const walked = await walking(real, owner, query, () => new Promise((resolve) => setImmediate(resolve)));
      await writing;
      assertWhole(walked, before);
    },
  );
  await fc.assert(property, { numRuns: scaled(300, 40), endOnFailure: true });
  t.pass('no counter-example was found');
});
