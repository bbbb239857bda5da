import type { Test } from 'tap';
import { type Agent, anAgent, contentOf, overStores, textOf } from './agents.ts';

interface Write {
  readonly tool: string;
  readonly args: object;
  /** What the text says. */
  readonly says: RegExp;
  /** What the result holds. */
  readonly gives: object;
}

// Each user has a recurring task 1, a plain task 2, and task 3 in the trash.
const writes: readonly Write[] = [
  {
    tool: 'add_task',
    args: { title: 'Buy milk', due_date: '2026-12-01', priority: 'high', tags: ['home'] },
    says: /^Added task 4: Buy milk \(due 2026-12-01, high, #home\)\. Revision \d+\.$/m,
    gives: { task: { id: 4, title: 'Buy milk', priority: 'high' } },
  },
  {
    tool: 'update_task',
    args: { id: 2, title: 'b', description: null, add_tags: ['new'] },
    says: /^Task 2 is now: b \(#new\)\. Revision \d+\.$/m,
    gives: { task: { id: 2, title: 'b', description: null, tags: ['new'] } },
  },
  {
    tool: 'complete_task',
    args: { id: 2 },
    says: /^Task 2 is now: a \(done, has a description\)\./m,
    gives: { task: { id: 2, completed: true } },
  },
  {
    tool: 'complete_task',
    args: { id: 1, occurrence: '2026-12-01' },
    says: /^The occurrence of 2026-12-01 is done\. Task 1 is now: Pay \(due 2027-01-01, repeats FREQ=MONTHLY\)\./m,
    gives: { task: { id: 1, completed: false, completed_occurrence: '2026-12-01', skipped: 0 } },
  },
  { tool: 'delete_task', args: { id: 2 }, says: /^Task 2 is in the trash\.$/m, gives: { id: 2, deleted: true } },
  {
    tool: 'restore_task',
    args: { id: 3 },
    says: /^Task 3 is now: gone\. Revision \d+\.$/m,
    gives: { task: { id: 3, title: 'gone' } },
  },
];

const withTasks = async (agent: Agent): Promise<void> => {
  await agent.done('add_task', { title: 'Pay', due_date: '2026-12-01', repeat: 'monthly' });
  await agent.done('add_task', { title: 'a', description: 'x' });
  await agent.done('add_task', { title: 'gone' });
  await agent.done('delete_task', { id: 3 });
};

const bothUsers = async (t: Test, useCases: Parameters<typeof anAgent>[1]) => {
  const agents = [await anAgent(t, useCases), await anAgent(t, useCases)] as const;
  for (const agent of agents) await withTasks(agent);
  return agents;
};

overStores((t, useCases) => {
  t.test('every write · as two users · an undo brings the list back', async (t) => {
    const agents = await bothUsers(t, useCases);
    for (const [index, agent] of agents.entries()) {
      const other = agents[1 - index] as Agent;
      const untouched = await other.done('list_tasks');
      for (const { tool, args, says, gives } of writes) {
        const before = await contentOf(agent);
        const result = await agent.call(tool, args);
        t.match(textOf(result), says, tool);
        t.match(result.structuredContent, { ...gives, dry_run: false }, tool);
        t.notSame(await contentOf(agent), before, `${tool} has changed something`);

        const { undo_revision: revision } = result.structuredContent as { undo_revision: number };
        t.match(textOf(result), `To take this back, call undo with revision ${revision}.`);
        const undone = await agent.call('undo', { revision });
        t.match(textOf(undone), `The change ${revision} is undone.`);
        t.strictSame(await contentOf(agent), before, `${tool} is undone`);

        const { undo_revision: again } = undone.structuredContent as { undo_revision: number };
        await agent.done('undo', { revision: again });
        t.notSame(await contentOf(agent), before, 'an undo can be undone');
        await agent.done('undo', { revision: again + 1 });
        t.strictSame(await contentOf(agent), before);
      }
      t.strictSame(await other.done('list_tasks'), untouched, 'the other user has what they had');
    }
  });

  t.test('a write that changes nothing names nothing to undo', async (t) => {
    const agent = await anAgent(t, useCases);
    await withTasks(agent);
    for (const [tool, args] of [
      ['update_task', { id: 2, title: 'a' }],
      ['complete_task', { id: 2, completed: false }],
      ['restore_task', { id: 2 }],
    ] as const) {
      const result = await agent.call(tool, args);
      t.match(
        textOf(result),
        /^Task 2 is now: a \(has a description\)\..*\nNothing changed: it was like this already\.$/,
      );
      t.notOk('undo_revision' in (result.structuredContent ?? {}), tool);
    }
  });

  t.test('complete_task · repeated with its occurrence it completes one', async (t) => {
    const agent = await anAgent(t, useCases);
    await withTasks(agent);
    await agent.done('complete_task', { id: 1, occurrence: '2026-12-01' });
    const repeated = await agent.call('complete_task', { id: 1, occurrence: '2026-12-01' });
    t.match(repeated, { isError: true, structuredContent: { code: 'task/occurrence-passed', current: { id: 1 } } });
    t.match((await agent.done('get_task', { id: 1 })).task, { due_date: '2027-01-01' });
  });

  t.test('get_task and history · as two users', async (t) => {
    for (const agent of await bothUsers(t, useCases)) {
      const read = await agent.call('get_task', { id: 2 });
      t.match(textOf(read), /^2: a \(has a description\), revision 2\ndescription: "x"\ncreated_at: /);
      t.match(read.structuredContent, { task: { id: 2, user_id: agent.user, title: 'a', description: 'x' } });

      await agent.done('update_task', { id: 2, title: 'b' });
      const first = await agent.call('history', { id: 2, limit: 1 });
      t.match(first.structuredContent, { changes: [{ kind: 'updated', changed: { title: ['a', 'b'] } }] });
      t.match(textOf(first), /updated; title "a" → "b"\nThere are more: call history with id 2 and cursor "[\w-]+"\.$/);
      const { next_cursor: cursor } = first.structuredContent as { next_cursor: string };
      const { changes, ...last } = await agent.done('history', { id: 2, limit: 1, cursor });
      t.match(changes, [{ kind: 'created', revision: 2 }]);
      t.strictSame(last, {}, 'there is no page after the last');
      t.match(await agent.done('history', { id: 3 }), { changes: [{ kind: 'deleted' }, { kind: 'created' }] });
    }
  });

  t.test('list_tasks · filters, order and pages · as two users', async (t) => {
    const idsOf = ({ tasks }: { tasks: { id: number }[] }) => tasks.map(({ id }) => id);
    for (const agent of await bothUsers(t, useCases)) {
      await agent.done('add_task', {
        title: 'c',
        priority: 'high',
        tags: ['Home', 'x'],
        metadata: { project: 'garden' },
      });
      const ids = async (args: object) => idsOf(await agent.done('list_tasks', args));
      t.strictSame(await ids({}), [4, 2, 1]);
      t.strictSame(await ids({ priority: ['high', 'urgent'] }), [4]);
      t.strictSame(await ids({ tag: 'home' }), [4]);
      t.strictSame(await ids({ tags: ['x', 'home'] }), [4]);
      t.strictSame(await ids({ any_tag: ['y', 'home'] }), [4]);
      t.strictSame(await ids({ metadata: { project: 'garden' } }), [4]);
      t.strictSame(await ids({ search: 'PAY' }), [1]);
      t.strictSame(await ids({ repeating: true, status: 'pending', due_before: '2027-01-01' }), [1]);
      t.strictSame(await ids({ sort: ['-title'] }), [1, 4, 2]);

      const first = await agent.call('list_tasks', { limit: 2, count: true });
      t.match(textOf(first), /^2 tasks of 3:\n4: c \(high, #Home, #x\), revision \d+\n2: a /);
      const { next_cursor: cursor, total } = first.structuredContent as { next_cursor: string; total: number };
      t.equal(total, 3);
      t.match(textOf(first), `There are more: call list_tasks with the same arguments and cursor "${cursor}".`);
      const rest = await agent.call('list_tasks', { limit: 2, count: true, cursor });
      t.strictSame(idsOf(rest.structuredContent as never), [1]);
      t.notMatch(textOf(rest), 'There are more');
      t.equal(textOf(await agent.call('list_tasks', { search: 'nothing' })), 'No task meets this.');
    }
  });

  t.test('list_tasks · a page has twenty tasks unless more are asked for', async (t) => {
    const agent = await anAgent(t, useCases);
    for (let number = 1; number <= 21; number += 1) await agent.done('add_task', { title: `task ${number}` });
    t.equal((await agent.done('list_tasks')).tasks.length, 20);
    t.equal((await agent.done('list_tasks', { limit: 21 })).tasks.length, 21);
  });

  t.test('user_id · accepted on every tool if it is the owner’s', async (t) => {
    const agent = await anAgent(t, useCases);
    await withTasks(agent);
    const { user: user_id } = agent;
    for (const { tool, args } of writes) {
      const { undo_revision: revision } = await agent.done(tool, { ...args, user_id });
      await agent.done('undo', { revision, user_id });
    }
    for (const [tool, args] of [
      ['list_tasks', {}],
      ['get_task', { id: 1 }],
      ['history', { id: 1 }],
    ] as const)
      await agent.done(tool, { ...args, user_id });
  });
});
