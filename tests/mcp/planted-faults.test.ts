import t, { type Test } from 'tap';
import { makeMemoryStores } from '../support/memory-stores.ts';
import { importMutated, type Mutation } from '../support/mutation.ts';
import { type Agent, anAgent, contentOf, useCasesOver } from './agents.ts';

/** Connects an agent to a server with a deliberate fault. */
const anAgentOf = async (t: Test, mutation: Mutation): Promise<Agent> => {
  const { makeMcpServer } = await importMutated<typeof import('@taskward/adapters-mcp')>('@taskward/adapters-mcp', [
    mutation,
  ]);
  return anAgent(t, useCasesOver(makeMemoryStores()), undefined, {}, makeMcpServer);
};

t.test('a result that is not what its schema says is noticed by the client of each test', async (t) => {
  const { done } = await anAgentOf(t, {
    file: '/tools/get-task.ts',
    from: 'content: { task }',
    to: 'content: { of: task }',
  });
  await done('add_task', { title: 'a' });
  await t.rejects(done('get_task', { id: 1 }), /does not match the tool's output schema/);
});

t.test('a dry run that stores is noticed', async (t) => {
  const agent = await anAgentOf(t, {
    file: '/calls/run-write.ts',
    from: 'atomic: true, dryRun }',
    to: 'atomic: true, dryRun: false }',
  });
  await agent.done('add_task', { title: 'a', dry_run: true });
  t.notSame(await contentOf(agent), []);
});

t.test('a key that is not looked at is noticed', async (t) => {
  const agent = await anAgentOf(t, { file: '/calls/run-write.ts', from: 'key === undefined', to: 'true' });
  const keyed = { title: 'a', idempotency_key: 'key' };
  t.notSame(await agent.done('add_task', keyed), await agent.done('add_task', keyed));
  t.equal((await contentOf(agent)).length, 2);
});

t.test('a precondition that is not passed on is noticed', async (t) => {
  const { call, done } = await anAgentOf(t, {
    file: '/calls/run-write.ts',
    from: 'if_revision === undefined',
    to: 'true',
  });
  await done('add_task', { title: 'a' });
  t.notOk((await call('update_task', { id: 1, title: 'b', if_revision: 7 })).isError);
});

t.test('a revision that takes back something else is noticed', async (t) => {
  const agent = await anAgentOf(t, {
    file: '/calls/run-write.ts',
    from: 'undo_revision: revision',
    to: 'undo_revision: 1',
  });
  await agent.done('add_task', { title: 'a' });
  await agent.done('add_task', { title: 'b' });
  const before = await contentOf(agent);
  const { undo_revision: revision } = await agent.done('update_task', { id: 2, title: 'c' });
  await agent.done('undo', { revision });
  t.notSame(await contentOf(agent), before);
});
