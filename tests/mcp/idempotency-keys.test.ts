import { randomUUID } from 'node:crypto';
import { anAgent, contentOf, overStores, textOf } from './agents.ts';

overStores((t, useCases) => {
  t.test('a repeated call changes nothing again, and returns the same', async (t) => {
    const agent = await anAgent(t, useCases);
    await agent.done('add_task', { title: 'Pay', due_date: '2026-12-01', repeat: 'daily' });
    await agent.done('add_task', { title: 'a' });
    for (const [tool, args] of [
      ['add_task', { title: 'b', tags: ['x'] }],
      ['update_task', { id: 2, title: 'c', if_revision: 2 }],
      ['complete_task', { id: 1 }],
      ['delete_task', { id: 2 }],
      ['restore_task', { id: 2 }],
      ['undo', { revision: 3 }],
    ] as const) {
      const keyed = { ...args, idempotency_key: randomUUID() };
      const first = await agent.call(tool, keyed);
      t.notOk(first.isError, textOf(first));
      const after = await contentOf(agent);
      const { _meta, ...again } = await agent.call(tool, keyed);
      t.strictSame(again, first, tool);
      t.strictSame(_meta, { 'taskward/replayed': true });
      t.strictSame(await contentOf(agent), after, `${tool} was done once`);
    }
  });

  t.test('the order of arguments, and a precondition, are not part of it', async (t) => {
    const agent = await anAgent(t, useCases);
    await agent.done('add_task', { title: 'a' });
    const key = { idempotency_key: randomUUID() };
    const first = await agent.done('update_task', {
      id: 1,
      title: 'b',
      metadata: { x: 1, y: 2 },
      if_revision: 1,
      ...key,
    });
    const again = { ...key, metadata: { y: 2, x: 1 }, title: 'b', user_id: agent.user, id: 1 };
    t.strictSame(await agent.done('update_task', again), first);
  });

  t.test('a key of another call is refused', async (t) => {
    const agent = await anAgent(t, useCases);
    const key = { idempotency_key: randomUUID() };
    await agent.done('add_task', { title: 'a', ...key });
    for (const [tool, args] of [
      ['add_task', { title: 'b' }],
      ['add_task', { title: 'a', dry_run: true }],
      ['complete_task', { id: 1 }],
      ['delete_task', { id: 1 }],
    ] as const) {
      const result = await agent.call(tool, { ...args, ...key });
      t.match(result, { isError: true, structuredContent: { code: 'idempotency/mismatch' } }, tool);
      t.match(textOf(result), /used for another request/);
    }
    t.match(await contentOf(agent), [{ id: 1, title: 'a', completed: false }]);
  });

  t.test('two users may use the same key', async (t) => {
    const key = { idempotency_key: randomUUID() };
    for (const agent of [await anAgent(t, useCases), await anAgent(t, useCases)]) {
      t.match(await agent.done('add_task', { title: 'a', ...key }), { task: { id: 1, user_id: agent.user } });
    }
  });

  t.test('an error is kept, too, and invalid arguments are not', async (t) => {
    const agent = await anAgent(t, useCases);
    const key = { idempotency_key: randomUUID() };
    t.match(await agent.call('add_task', { titel: 'a', ...key }), { structuredContent: { code: 'request/invalid' } });
    const missing = await agent.call('complete_task', { id: 1, ...key });
    t.match(missing.structuredContent, { code: 'task/not-found' }, 'the key was still free');
    await agent.done('add_task', { title: 'a' });
    const { _meta, ...again } = await agent.call('complete_task', { id: 1, ...key });
    t.strictSame(again, missing);
    t.match(await contentOf(agent), [{ completed: false }]);
  });

  t.test('a dry run leaves the key free', async (t) => {
    const agent = await anAgent(t, useCases);
    const keyed = { title: 'a', idempotency_key: randomUUID() };
    await agent.done('add_task', { ...keyed, dry_run: true });
    await agent.done('add_task', { ...keyed, dry_run: true });
    t.strictSame(await contentOf(agent), []);
    t.match(await agent.done('add_task', keyed), { task: { id: 1 }, dry_run: false });
  });

  t.test('calls at once under one key change one thing', async (t) => {
    const agent = await anAgent(t, useCases);
    const keyed = { title: 'a', idempotency_key: randomUUID() };
    const results = await Promise.all(Array.from({ length: 8 }, () => agent.call('add_task', keyed)));
    for (const { isError, structuredContent } of results) {
      if (isError) t.match(structuredContent, { code: 'idempotency/in-flight' });
      else t.match(structuredContent, { task: { id: 1 } });
    }
    t.equal((await contentOf(agent)).length, 1);
  });
});
