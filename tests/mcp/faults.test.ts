import { databaseUnavailable, type UseCases } from '@taskward/application';
import { ownerActor } from '@taskward/domain';
import t from 'tap';
import { aUser } from '../support/builders.ts';
import { makeMemoryStores } from '../support/memory-stores.ts';
import { anAgent, textOf, useCasesOver } from './agents.ts';

const failingWith = (error: Error): UseCases => {
  const fail = () => Promise.reject(error);
  return { ...useCasesOver(makeMemoryStores()), applyBatch: fail, listTasks: fail, getTask: fail, taskSummary: fail };
};

const secret = 'password=hunter2 at /srv/app.ts:1';

t.test('a fault of the program is one opaque sentence, and goes to the host', async (t) => {
  const fault = new TypeError(secret);
  const faults: unknown[] = [];
  const user = aUser();
  const { client, call } = await anAgent(t, failingWith(fault), user, {
    actor: ownerActor(user, 'request-7'),
    onFault: (error) => faults.push(error),
  });
  const sentence =
    'Something went wrong in Taskward. Look at the tasks before you try again. The log has the cause as request request-7.';
  for (const [tool, args] of [
    ['add_task', { title: 'a' }],
    ['list_tasks', {}],
    ['get_task', { id: 1 }],
  ] as const) {
    const result = await call(tool, args);
    t.match(result, { isError: true, structuredContent: { code: 'server/error', message: sentence } });
    t.equal(textOf(result), sentence);
    t.notMatch(JSON.stringify(result), 'hunter2');
  }
  for (const asked of [
    (): Promise<object> => client.listResources(),
    () => client.readResource({ uri: 'taskward://tasks/1' }),
    () => client.getPrompt({ name: 'weekly_review' }),
  ])
    await t.rejects(asked(), { code: -32_603, message: `MCP error -32603: ${sentence}` });
  t.strictSame(faults, Array(6).fill(fault));
});

t.test('an outage is told as it is, and is nothing for the log', async (t) => {
  const faults: unknown[] = [];
  const { client, call } = await anAgent(t, failingWith(databaseUnavailable(new Error(secret))), aUser(), {
    onFault: (error) => faults.push(error),
  });
  const result = await call('add_task', { title: 'a' });
  t.match(result, { isError: true, structuredContent: { code: 'database/unavailable' } });
  t.equal(textOf(result), 'The database cannot be reached right now. Try again in a moment.');
  await t.rejects(client.listResources(), { code: -32_603, message: /Try again in a moment/ });
  t.strictSame(faults, []);
});

t.test('an error that may pass is not kept under a key', async (t) => {
  const useCases = useCasesOver(makeMemoryStores());
  let isOut = true;
  const sometimes: UseCases = {
    ...useCases,
    runIdempotently: (actor, input, work) =>
      useCases.runIdempotently(actor, input, (bound) =>
        work(isOut ? { ...bound, applyBatch: () => Promise.reject(databaseUnavailable()) } : bound),
      ),
  };
  const { call, done } = await anAgent(t, sometimes);
  const keyed = { title: 'a', idempotency_key: 'key' };
  t.match(await call('add_task', keyed), { structuredContent: { code: 'database/unavailable' } });
  isOut = false;
  t.match(await done('add_task', keyed), { task: { id: 1 } });
});

t.test('a method that there is not', async (t) => {
  const { client } = await anAgent(t, useCasesOver(makeMemoryStores()));
  const any = { parse: (value: unknown) => value } as never;
  for (const method of ['tasks/list', 'completion/complete', 'toString'])
    await t.rejects(client.request({ method } as never, any), { code: -32_601 }, method);
});

t.test('what the server says of itself', async (t) => {
  const { client } = await anAgent(t, useCasesOver(makeMemoryStores()), aUser(), { version: '1.2.3' });
  t.match(client.getServerVersion(), { name: 'taskward', version: '1.2.3' });
  t.match(client.getInstructions(), /dry_run.*\n.*undo.*\n.*Ask the user before you delete/s);
  t.strictSame(client.getServerCapabilities(), { tools: {}, resources: {}, prompts: {} });
});
