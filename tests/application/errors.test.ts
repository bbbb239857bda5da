import {
  type ChangeLog,
  databaseUnavailable,
  makeTaskUseCases,
  type PlanningStore,
  type TaskRepository,
  type TaskUseCases,
} from '@taskward/application';
import { type Actor, operator, ownerActor, type TaskDraft, type UserId } from '@taskward/domain';
import t from 'tap';
import { aDraft, anOrigin, aQuery, aSteadyClock, aUser } from '../support/builders.ts';
import { makeMemoryStores } from '../support/memory-stores.ts';
import { calendar, keys } from '../support/planning.ts';
import { recording } from './recording-ports.ts';

type Deed = (useCases: TaskUseCases, actor: Actor, owner: UserId, id: number) => Promise<unknown>;

/** Each use-case but for what is the same for everybody. */
type OwnersUseCases = Omit<TaskUseCases, 'contractLimits'>;

type AskedOf = keyof TaskRepository | keyof ChangeLog | keyof PlanningStore;

interface Told {
  readonly deed: Deed;
  /** What of the ports it needs: this, or these in order, each once, and nothing else. */
  readonly asks: AskedOf | readonly AskedOf[];
  /** Whether the task must be there already. */
  readonly needsTask: boolean;
}

/** Each use-case, as it is called when all is well. */
const deeds: Readonly<Record<keyof OwnersUseCases | 'changeTask, to complete' | 'listChanges, since', Told>> = {
  createTask: {
    deed: ({ createTask }, actor, owner) => createTask(actor, { owner, content: { title: 'Buy bread' } }),
    asks: 'add',
    needsTask: false,
  },
  getTask: {
    deed: ({ getTask }, actor, owner, id) => getTask(actor, { owner, id }),
    asks: 'get',
    needsTask: true,
  },
  listTasks: {
    deed: ({ listTasks }, actor, owner) => listTasks(actor, { owner, query: aQuery() }),
    asks: 'list',
    needsTask: false,
  },
  changeTask: {
    deed: ({ changeTask }, actor, owner, id) =>
      changeTask(actor, { owner, id, change: { kind: 'update', changes: { title: 'Buy bread' } } }),
    asks: 'update',
    needsTask: true,
  },
  'changeTask, to complete': {
    deed: ({ changeTask }, actor, owner, id) => changeTask(actor, { owner, id, change: { kind: 'complete' } }),
    asks: 'update',
    needsTask: true,
  },
  deleteTask: {
    deed: ({ deleteTask }, actor, owner, id) => deleteTask(actor, { owner, id }),
    asks: 'remove',
    needsTask: true,
  },
  applyBatch: {
    deed: ({ applyBatch }, actor, owner) =>
      applyBatch(actor, {
        owner,
        operations: [{ kind: 'create', content: { title: 'Buy bread' } }],
        atomic: true,
        dryRun: false,
      }),
    asks: 'transact',
    needsTask: false,
  },
  listChanges: {
    deed: ({ listChanges }, actor, owner) => listChanges(actor, { owner, limit: 10 }),
    asks: 'snapshot',
    needsTask: false,
  },
  'listChanges, since': {
    deed: ({ listChanges }, actor, owner) => listChanges(actor, { owner, since: { epoch: 0, revision: 0 }, limit: 10 }),
    asks: 'since',
    needsTask: false,
  },
  endOfChanges: {
    deed: ({ endOfChanges }, actor, owner) => endOfChanges(actor, { owner }),
    asks: 'bounds',
    needsTask: false,
  },
  taskHistory: {
    deed: ({ taskHistory }, actor, owner, id) => taskHistory(actor, { owner, id, limit: 10 }),
    asks: 'history',
    needsTask: true,
  },
  listLog: {
    deed: ({ listLog }, actor, owner) => listLog(actor, { owner, limit: 10 }),
    asks: 'latest',
    needsTask: false,
  },
  listTrash: {
    deed: ({ listTrash }, actor, owner) => listTrash(actor, { owner, limit: 10 }),
    asks: 'trash',
    needsTask: false,
  },
  purgeTrash: {
    deed: ({ purgeTrash }, actor, owner) => purgeTrash(actor, { owner }),
    asks: 'purgeTrash',
    needsTask: false,
  },
  restoreTask: {
    deed: ({ restoreTask }, actor, owner, id) => restoreTask(actor, { owner, id }),
    asks: 'transact',
    needsTask: true,
  },
  undoChange: {
    deed: ({ undoChange }, actor, owner) => undoChange(actor, { owner, revision: 1 }),
    asks: 'transact',
    needsTask: false,
  },
  moveTask: {
    deed: ({ moveTask }, actor, owner, id) => moveTask(actor, { owner, id, to: { to: 'top' } }),
    asks: 'transact',
    needsTask: true,
  },
  renameTag: {
    deed: ({ renameTag }, actor, owner) => renameTag(actor, { owner, name: 'home', newName: 'house' }),
    asks: 'transact',
    needsTask: false,
  },
  removeTag: {
    deed: ({ removeTag }, actor, owner) => removeTag(actor, { owner, name: 'home' }),
    asks: 'transact',
    needsTask: false,
  },
  getSettings: {
    deed: ({ getSettings }, actor, owner) => getSettings(actor, { owner }),
    asks: 'settings',
    needsTask: false,
  },
  changeSettings: {
    deed: ({ changeSettings }, actor, owner) => changeSettings(actor, { owner, changes: { day_starts_at: '04:00' } }),
    asks: 'transact',
    needsTask: false,
  },
  taskSummary: {
    deed: ({ taskSummary }, actor, owner) => taskSummary(actor, { owner }),
    asks: ['settings', 'summary', 'tags'],
    needsTask: false,
  },
  listTags: {
    deed: ({ listTags }, actor, owner) => listTags(actor, { owner }),
    asks: 'tags',
    needsTask: false,
  },
  ownerLimits: {
    deed: ({ ownerLimits }, actor, owner) => ownerLimits(actor, { owner }),
    asks: 'summary',
    needsTask: false,
  },
  listOccurrences: {
    deed: ({ listOccurrences }, actor, owner, id) => listOccurrences(actor, { owner, id, limit: 10 }),
    asks: ['occurrences', 'get'],
    needsTask: true,
  },
};

/** Everything over a store in which two users have a task each, of the same id. */
const aWorld = async (options: { failingWith?: Error } = {}) => {
  const { tasks: store, changes: log, planning } = makeMemoryStores();
  const [mine, theirs] = [aUser(), aUser()];
  const { id } = await store.add(aDraft(mine, { tags: ['home'] }), anOrigin());
  await store.add(aDraft(theirs, { title: 'Not yours' }), anOrigin());
  const { calls, ...ports } = recording({ tasks: store, changes: log, planning }, options);
  const everything = async () => Promise.all([mine, theirs].map((owner) => store.list(owner, aQuery({ count: true }))));
  return {
    useCases: makeTaskUseCases({ ...ports, calendar, keys, clock: aSteadyClock() }),
    calls,
    everything,
    mine,
    theirs,
    id,
    store,
  };
};

t.test('the table has every use-case', async (t) => {
  const { useCases } = await aWorld();
  const named = new Set(Object.keys(deeds).map((name) => name.split(',')[0]));
  t.strictSame(Object.keys(useCases).sort(), [...named, 'contractLimits'].sort());
});

for (const [name, { deed, asks, needsTask }] of Object.entries(deeds)) {
  t.test(`${name} asks its port once, for what the actor may touch`, async (t) => {
    for (const who of ['owner', 'operator']) {
      const { useCases, calls, mine, id } = await aWorld();
      await deed(useCases, who === 'owner' ? ownerActor(mine) : operator, mine, id);
      t.strictSame(
        calls.map(({ method }) => method),
        [asks].flat(),
        who,
      );
      const [first] = calls[0]?.args ?? [];
      t.equal(asks === 'add' ? (first as TaskDraft).owner : first, mine, `${who}: the owner is named`);
    }
  });

  t.test(`${name} refuses an owner another's tasks, before a port is asked`, async (t) => {
    const { useCases, calls, everything, mine, theirs, id } = await aWorld();
    const before = await everything();
    for (const missing of [id, 999]) {
      await t.rejects(deed(useCases, ownerActor(mine), theirs, missing), {
        name: 'DomainError',
        code: 'auth/wrong-user',
      });
    }
    t.strictSame(calls, []);
    t.strictSame(await everything(), before);
  });

  t.test(`${name} refuses by rejecting, never by throwing`, async (t) => {
    const { useCases, mine, theirs, id } = await aWorld();
    let promise: Promise<unknown> | undefined;
    t.doesNotThrow(() => {
      promise = deed(useCases, ownerActor(mine), theirs, id);
    });
    await t.rejects(promise as Promise<unknown>, { code: 'auth/wrong-user' });
  });

  t.test(`${name} passes on the ports' errors as they are`, async (t) => {
    for (const failingWith of [databaseUnavailable(new Error('connect ECONNREFUSED')), new Error('something else')]) {
      const { useCases, calls, mine, id } = await aWorld({ failingWith });
      const error = await deed(useCases, ownerActor(mine), mine, id).catch((thrown) => thrown);
      t.equal(error, failingWith);
      t.equal(calls.length, 1, 'and does not try again');
    }
  });

  if (needsTask) {
    t.test(`${name} knows no task of another user's id, nor one that was never there`, async (t) => {
      const { useCases, everything, mine, theirs, store } = await aWorld();
      const { id } = await store.add(aDraft(theirs), anOrigin());
      const before = await everything();
      for (const actor of [ownerActor(mine), operator]) {
        for (const missing of [id, 999]) {
          await t.rejects(deed(useCases, actor, mine, missing), {
            code: 'task/not-found',
            message: `There is no task ${missing} among this user's tasks.`,
          });
        }
      }
      t.strictSame(await everything(), before);
    });
  }
}
