import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import t from 'tap';
import { makeMemoryStores } from '../support/memory-stores.ts';
import { anAgent, useCasesOver } from './agents.ts';

const snapshot = join(import.meta.dirname, 'tools.snapshot.json');

t.test('the tools are those of the snapshot', async (t) => {
  const { client } = await anAgent(t, useCasesOver(makeMemoryStores()));
  const { tools } = await client.listTools();
  const text = `${JSON.stringify(tools, undefined, 2)}\n`;
  // Clients and prompts are written for them: who changes them renews the snapshot, and a reviewer sees what has changed.
  if (process.env.TASKWARD_RENEW_SNAPSHOTS === 'true') await writeFile(snapshot, text);
  t.strictSame(
    JSON.parse(await readFile(snapshot, 'utf8')),
    JSON.parse(text),
    'run `TASKWARD_RENEW_SNAPSHOTS=true npm test -- tests/mcp/tool-list.test.ts`, and look at what it changes',
  );
});

t.test('every schema is plain JSON Schema that compiles strictly, all with one validator', async (t) => {
  const { client } = await anAgent(t, useCasesOver(makeMemoryStores()));
  const ajv = new Ajv2020({
    strict: true,
    strictTypes: false,
    strictRequired: false,
    allowUnionTypes: true,
    validateFormats: false,
  });
  for (const { name, inputSchema, outputSchema } of (await client.listTools()).tools) {
    const accepts = ajv.compile(inputSchema);
    t.ok(ajv.compile(outputSchema ?? false)({ code: 'task/not-found', message: 'x' }), `${name} can return an error`);
    t.notOk(ajv.compile(outputSchema ?? false)({}), `${name} returns something`);
    t.notOk(accepts({ unknown: 1 }), `${name} takes nothing unknown`);
  }
});

t.test('what the hints say', async (t) => {
  const { client } = await anAgent(t, useCasesOver(makeMemoryStores()));
  const hints = Object.fromEntries(
    (await client.listTools()).tools.map(({ name, annotations = {} }) => {
      const { readOnlyHint, destructiveHint, idempotentHint, openWorldHint } = annotations;
      t.equal(openWorldHint, false);
      return [name, { readOnlyHint, destructiveHint, idempotentHint }];
    }),
  );
  const reads = { readOnlyHint: true, destructiveHint: false, idempotentHint: true };
  const writes = { readOnlyHint: false, destructiveHint: false, idempotentHint: false };
  t.strictSame(hints, {
    add_task: writes,
    list_tasks: reads,
    get_task: reads,
    update_task: { ...writes, destructiveHint: true },
    complete_task: writes,
    delete_task: { ...writes, destructiveHint: true, idempotentHint: true },
    restore_task: { ...writes, idempotentHint: true },
    undo: { ...writes, destructiveHint: true, idempotentHint: true },
    history: reads,
  });
});

t.test('the hints are true: what reads changes nothing, and what is idempotent has no further effect', async (t) => {
  const agent = await anAgent(t, useCasesOver(makeMemoryStores()));
  const { call, done } = agent;
  await done('add_task', { title: 'a' });
  await done('update_task', { id: 1, title: 'b' });
  await done('add_task', { title: 'c' });
  const revisionOf = async () => (await done('history', { id: 1, limit: 1 })).changes[0].revision;
  const args: Record<string, object> = {
    get_task: { id: 1 },
    history: { id: 1 },
    undo: { revision: 2 },
    list_tasks: {},
  };
  for (const { name, annotations } of (await agent.client.listTools()).tools) {
    const before = await revisionOf();
    if (annotations?.idempotentHint) await call(name, args[name] ?? { id: 1 });
    if (annotations?.readOnlyHint) t.equal(await revisionOf(), before, name);
    else if (annotations?.idempotentHint) {
      const once = await revisionOf();
      t.not(once, before, `${name} has changed something`);
      await call(name, args[name] ?? { id: 1 });
      t.equal(await revisionOf(), once, name);
    }
  }
});
