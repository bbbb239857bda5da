import { makeOwnerPorts } from '@taskward/adapters-postgres';
import { makeTaskUseCases, type OwnerPorts } from '@taskward/application';
import { ownerActor, type Task, type TaskContent } from '@taskward/domain';
import t, { type Test } from 'tap';
import { aQuery, aSteadyClock, aUser, sortedBy } from '../../support/builders.ts';
import { makeMemoryStores } from '../../support/memory-stores.ts';
import { calendar, keys } from '../../support/planning.ts';
import { sharedDatabase } from '../../support/postgres/database.ts';

const kinds: Record<string, (t: Test) => Promise<OwnerPorts>> = {
  memory: async () => makeMemoryStores(),
  PostgreSQL: async (t) => makeOwnerPorts({ database: await sharedDatabase(t) }),
};

/** How often each case is tried, all at once. */
const times = 100;

/** Two devices of a new user, who has these tasks. */
const aUserWith = async (ports: OwnerPorts, contents: readonly Partial<TaskContent>[]) => {
  const useCases = makeTaskUseCases({ ...ports, calendar, keys, clock: aSteadyClock() });
  const owner = aUser();
  const actor = ownerActor(owner);
  for (const content of contents) await useCases.createTask(actor, { owner, content: { title: 'Rent', ...content } });
  const list = async (): Promise<readonly Task[]> =>
    (await useCases.listTasks(actor, { owner, query: aQuery({ sort: sortedBy('position') }) })).tasks;
  return { ...useCases, owner, actor, list };
};

type User = Awaited<ReturnType<typeof aUserWith>>;

const codeOf = (end: PromiseSettledResult<unknown>): string =>
  end.status === 'fulfilled' ? 'done' : ((end.reason as { code?: string }).code ?? String(end.reason));

/** What becomes of a user’s tasks when both devices act at once: how each ends, and the tasks by position. */
const bothAtOnce = async (user: User, ...acts: ((user: User) => Promise<unknown>)[]) => {
  const ends = await Promise.allSettled(acts.map((act) => act(user)));
  return { ends: ends.map(codeOf), tasks: await user.list() };
};

for (const [name, make] of Object.entries(kinds)) {
  const everyTime = async (
    t: Test,
    contents: readonly Partial<TaskContent>[],
    acts: readonly ((user: User) => Promise<unknown>)[],
    check: (outcome: Awaited<ReturnType<typeof bothAtOnce>>, user: User) => unknown,
  ) => {
    const ports = await make(t);
    const checked = await Promise.all(
      Array.from({ length: times }, async () => {
        const user = await aUserWith(ports, contents);
        return check(await bothAtOnce(user, ...acts), user);
      }),
    );
    return checked;
  };

  const recurring = { due_date: '2026-11-20', repeat: 'daily' };

  t.test(`${name}: both complete the same occurrence: one does, the other learns that it has passed`, async (t) => {
    const complete = ({ changeTask, actor, owner }: User) =>
      changeTask(actor, { owner, id: 1, change: { kind: 'complete', completed: true, occurrence: '2026-11-20' } });
    const inFields = ({ changeTask, actor, owner }: User) => {
      const changes = { completed: true, occurrence: '2026-11-20' };
      return changeTask(actor, { owner, id: 1, change: { kind: 'update', changes } });
    };
    const outcomes = await everyTime(t, [recurring], [complete, inFields], async ({ ends, tasks }, user) => {
      const { occurrences } = await user.listOccurrences(user.actor, { owner: user.owner, id: 1, limit: 10 });
      return [ends.sort(), tasks[0]?.due_date, occurrences.map(({ due_date }) => due_date)];
    });
    const expected = [['done', 'task/occurrence-passed'], '2026-11-21', ['2026-11-20']];
    t.strictSame(outcomes, Array(times).fill(expected));
  });

  t.test(`${name}: both move: both moves are kept, and no two tasks have one place`, async (t) => {
    const contents = Array.from({ length: 5 }, () => ({}));
    const move = (id: number) => (user: User) =>
      user.moveTask(user.actor, { owner: user.owner, id, to: { before: 2 } });
    const outcomes = await everyTime(t, contents, [move(4), move(5)], ({ ends, tasks }) => {
      const order = tasks.map(({ id }) => id).join();
      const places = new Set(tasks.map(({ id, position }) => position ?? `${id}`));
      return [ends, order === '1,4,5,2,3' || order === '1,5,4,2,3', places.size];
    });
    t.strictSame(outcomes, Array(times).fill([['done', 'done'], true, 5]));
  });

  t.test(`${name}: both add tags, and one takes one off: nothing is lost`, async (t) => {
    const edit = (changes: { add_tags?: string[]; remove_tags?: string[] }) => (user: User) =>
      user.changeTask(user.actor, { owner: user.owner, id: 1, change: { kind: 'update', changes } });
    const acts = [edit({ add_tags: ['a'] }), edit({ add_tags: ['b'], remove_tags: ['old'] })];
    const outcomes = await everyTime(t, [{ tags: ['old', 'home'] }], acts, ({ ends, tasks }) => [
      ends,
      tasks[0]?.tags[0],
      [...(tasks[0]?.tags ?? [])].sort(),
    ]);
    t.strictSame(outcomes, Array(times).fill([['done', 'done'], 'home', ['a', 'b', 'home']]));
  });

  t.test(`${name}: both rename a tag: one does, for the other there is no such tag`, async (t) => {
    const rename = (newName: string) => (user: User) =>
      user.renameTag(user.actor, { owner: user.owner, name: 'home', newName });
    const contents = [{ tags: ['home'] }, { tags: ['HOME', 'x'] }, {}];
    const outcomes = await everyTime(t, contents, [rename('house'), rename('flat')], async ({ ends }, user) => {
      const { tags } = await user.listTags(user.actor, { owner: user.owner });
      const names = tags.map(({ name, pending }) => `${name} ${pending}`).join();
      return [ends.sort(), names === 'house 2,x 1' || names === 'flat 2,x 1'];
    });
    t.strictSame(outcomes, Array(times).fill([['done', 'tag/not-found'], true]));
  });
}
