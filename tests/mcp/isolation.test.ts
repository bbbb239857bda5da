import { ownerActor } from '@taskward/domain';
import t from 'tap';
import { aUser } from '../support/builders.ts';
import { stores } from '../support/http/api.ts';
import { makeMemoryStores } from '../support/memory-stores.ts';
import { importMutated } from '../support/mutation.ts';
import { anAgent, useCasesOver } from './agents.ts';
import { twoAgentsAtOnce } from './two-agents.ts';

const seed = Number(process.env.TASKWARD_FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 32));
const calls = 1_000;

for (const [name, makeStore] of Object.entries(stores)) {
  t.test(
    `over ${name} · ${calls} random calls of two users never show or reach the other’s tasks (seed ${seed})`,
    async (t) => {
      const useCases = useCasesOver(await makeStore(t));
      const agents = [await anAgent(t, useCases), await anAgent(t, useCases)] as const;
      const { foreign, succeeded, errors } = await twoAgentsAtOnce(agents, { calls, seed });
      t.equal(foreign, 0);
      t.equal(Object.keys(succeeded).length, 9, `every tool has done something: ${JSON.stringify(succeeded)}`);
      t.ok((errors['auth/wrong-user'] ?? 0) > 20, 'the other user was named');
      t.ok((errors['idempotency/mismatch'] ?? 0) > 0, 'keys were used twice');
      t.notOk('server/error' in errors, JSON.stringify(errors));
    },
  );
}

t.test('the checker notices a server of the other user', async (t) => {
  const useCases = useCasesOver(makeMemoryStores());
  const [me, other] = [aUser(), aUser()];
  // As a host would make it that has mixed up two requests.
  const mixedUp = await anAgent(t, useCases, me, { owner: other, actor: ownerActor(other) });
  const { foreign } = await twoAgentsAtOnce([mixedUp, await anAgent(t, useCases, other)], { calls: 200, seed });
  t.ok(foreign > 0, `${foreign} of 200 calls`);
});

t.test('the checker notices a server that does not look at user_id', async (t) => {
  const { makeMcpServer } = await importMutated<typeof import('@taskward/adapters-mcp')>('@taskward/adapters-mcp', [
    { file: '/calls/arguments.ts', from: 'sent.user_id !== owner', to: 'false' },
  ]);
  const useCases = useCasesOver(makeMemoryStores());
  const agents = [
    await anAgent(t, useCases, aUser(), {}, makeMcpServer),
    await anAgent(t, useCases, aUser(), {}, makeMcpServer),
  ] as const;
  const { foreign } = await twoAgentsAtOnce(agents, { calls: 200, seed });
  t.ok(foreign > 0, `${foreign} of 200 calls`);
});

t.test('an actor reaches no other owner, whatever the server is made with', async (t) => {
  const useCases = useCasesOver(makeMemoryStores());
  const [me, other] = [aUser(), aUser()];
  await (await anAgent(t, useCases, other)).done('add_task', { title: 'a' });
  const agent = await anAgent(t, useCases, me, { owner: other });
  for (const [tool, args] of [
    ['add_task', { title: 'b' }],
    ['list_tasks', {}],
    ['get_task', { id: 1 }],
    ['update_task', { id: 1, title: 'b', idempotency_key: 'key' }],
    ['complete_task', { id: 1 }],
    ['delete_task', { id: 1, dry_run: true }],
    ['restore_task', { id: 1 }],
    ['undo', { revision: 1 }],
    ['history', { id: 1 }],
  ] as const)
    t.match((await agent.call(tool, args)).structuredContent, { code: 'auth/wrong-user' }, tool);
  await t.rejects(agent.client.listResources(), /belong to another user/);
  await t.rejects(agent.client.readResource({ uri: 'taskward://tasks/1' }), /belong to another user/);
  await t.rejects(agent.client.getPrompt({ name: 'plan_my_day' }), /belong to another user/);
});
