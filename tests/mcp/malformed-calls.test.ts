import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';
import type { Test } from 'tap';
import { type Agent, anAgent, contentOf, overStores, textOf } from './agents.ts';

/** Checks that a call is refused as invalid, with these faults, in text and as data. */
const isInvalid = async (
  t: Test,
  { call }: Agent,
  tool: string,
  args: object,
  faults: Record<string, string | RegExp>,
) => {
  const result = await call(tool, args);
  t.equal(result.isError, true, `${tool} ${JSON.stringify(args)}`);
  const { code, message, errors } = result.structuredContent as {
    code: string;
    message: string;
    errors: { field: string; message: string }[];
  };
  t.equal(code, 'request/invalid');
  t.equal(message, `The arguments of ${tool} are not valid. Mend them, and call it again.`);
  t.match(Object.fromEntries(errors.map(({ field, message }) => [field, message])), faults);
  t.equal(errors.length, Object.keys(faults).length, 'every fault, and no other');
  t.strictSame(textOf(result).split('\n'), [message, ...errors.map((one) => `- ${one.field} ${one.message}`)]);
};

overStores((t, useCases) => {
  t.test('all faults at once, with what to do', async (t) => {
    const agent = await anAgent(t, useCases);
    await isInvalid(t, agent, 'add_task', {}, { title: 'is required' });
    await isInvalid(
      t,
      agent,
      'add_task',
      { titel: 'x', priority: 'hi', tags: 'home', due_date: 'soon', completed: 'yes', dry_run: 1 },
      {
        title: 'is required',
        titel: 'is not a known parameter: did you mean `title`?',
        priority: 'must be one of `urgent`, `high`, `medium`, `low`, `null`',
        tags: 'must be an array, not a string, such as ["home","garden"]',
        due_date: /^must be a day .*not "soon"$/,
        completed: 'must be a boolean, not a string',
        dry_run: 'must be a boolean, not a number',
      },
    );
    await isInvalid(
      t,
      agent,
      'add_task',
      { title: 'x'.repeat(201), description: 'x'.repeat(1001) },
      {
        title: 'must be at most 200 characters long, and has 201',
        description: 'must be at most 1000 characters long, and has 1001',
      },
    );
    await isInvalid(
      t,
      agent,
      'add_task',
      { title: ' ', idempotency_key: 'x'.repeat(256), labels: ['a'], due: 'x' },
      {
        title: /empty/,
        idempotency_key: 'must be 1–255 printable ASCII characters, such as a UUID',
        labels: 'is not a known parameter: did you mean `tags`?',
        due: 'is not a known parameter: did you mean `due_date`?',
      },
    );
    await isInvalid(t, agent, 'add_task', { title: 'x', repeat: 'monthly' }, { repeat: /due date/ });
    t.strictSame(await contentOf(agent), [], 'nothing was added');
  });

  t.test('nothing is coerced', async (t) => {
    const agent = await anAgent(t, useCases);
    await agent.done('add_task', { title: 'a' });
    const before = await contentOf(agent);
    await isInvalid(t, agent, 'complete_task', { id: '1' }, { id: 'must be an integer, not a string' });
    await isInvalid(t, agent, 'complete_task', { id: 1, completed: 'false' }, { completed: /boolean, not a string/ });
    await isInvalid(t, agent, 'get_task', { id: 1.5 }, { id: /integer/ });
    await isInvalid(t, agent, 'delete_task', { id: null }, { id: 'must be an integer, not null' });
    await isInvalid(t, agent, 'undo', { revision: 'last' }, { revision: /integer, not a string/ });
    await isInvalid(
      t,
      agent,
      'list_tasks',
      { limit: '5', status: 'done', priority: 'high', user_id: 7 },
      {
        limit: /integer, not a string/,
        status: 'must be one of `all`, `pending`, `completed`',
        priority: 'must be an array, not a string, such as ["urgent","high"]',
        user_id: 'must be a string, not a number',
      },
    );
    t.strictSame(await contentOf(agent), before);
  });

  t.test('names of other APIs, and what a tool does not take', async (t) => {
    const agent = await anAgent(t, useCases);
    await agent.done('add_task', { title: 'a' });
    await isInvalid(
      t,
      agent,
      'complete_task',
      { task_id: 1 },
      {
        id: 'is required',
        task_id: 'is not a known parameter: did you mean `id`?',
      },
    );
    await isInvalid(
      t,
      agent,
      'list_tasks',
      { page: 2, sort_by: 'title', pageSize: 5 },
      {
        page: 'is not a known parameter: did you mean `offset` or `cursor`?',
        sort_by: 'is not a known parameter: did you mean `sort`?',
        pageSize: 'is not a known parameter: did you mean `limit`?',
      },
    );
    await isInvalid(
      t,
      agent,
      'update_task',
      { id: 1, title: 'b', revision: 1 },
      {
        revision: 'is not a known parameter: did you mean `if_revision`?',
      },
    );
    await isInvalid(t, agent, 'update_task', { id: 1 }, { arguments: /^must name at least one of `title`, / });
    await isInvalid(
      t,
      agent,
      'update_task',
      { id: 1, if_revision: 1, dry_run: true },
      { arguments: /^must name at least/ },
    );
    await isInvalid(t, agent, 'get_task', { id: 1, dry_run: true }, { dry_run: /^is not a known parameter/ });
    await isInvalid(t, agent, 'add_task', { title: 'a', if_revision: 1 }, { if_revision: /^is not a known parameter/ });
    t.match((await agent.done('get_task', { id: 1 })).task, { title: 'a', revision: 1 });
  });

  t.test('what only the use-case sees', async (t) => {
    const agent = await anAgent(t, useCases);
    await agent.done('add_task', { title: 'a' });
    await isInvalid(t, agent, 'list_tasks', { due_before: 'tomorrow' }, { due_before: /not "tomorrow"$/ });
    await isInvalid(t, agent, 'list_tasks', { cursor: 'x' }, { cursor: /take it from the previous page/ });
    await isInvalid(t, agent, 'list_tasks', { cursor: 'x', offset: 1 }, { offset: /cannot be combined with `cursor`/ });
    await isInvalid(t, agent, 'history', { id: 1, cursor: 'x' }, { cursor: /take it from the previous page/ });
    await isInvalid(t, agent, 'update_task', { id: 1, tags: ['a'], add_tags: ['b'] }, { tags: /cannot be combined/ });
  });

  t.test('what is not there', async (t) => {
    const agent = await anAgent(t, useCases);
    await agent.done('add_task', { title: 'a' });
    for (const [tool, args] of [
      ['get_task', {}],
      ['update_task', { title: 'b' }],
      ['complete_task', {}],
      ['delete_task', {}],
      ['restore_task', {}],
      ['history', {}],
    ] as const) {
      const result = await agent.call(tool, { id: 99, ...args });
      t.match(result, { isError: true, structuredContent: { code: 'task/not-found' } }, tool);
      t.equal(textOf(result), "There is no task 99 among this user's tasks.");
    }
    t.match(await agent.call('undo', { revision: 99 }), {
      isError: true,
      structuredContent: { code: 'change/not-found' },
    });
  });

  t.test('a revision that is not the current one', async (t) => {
    const agent = await anAgent(t, useCases);
    await agent.done('add_task', { title: 'a' });
    await agent.done('update_task', { id: 1, title: 'b', if_revision: 1 });
    for (const [tool, args] of [
      ['update_task', { title: 'c' }],
      ['complete_task', {}],
      ['delete_task', {}],
    ] as const) {
      const result = await agent.call(tool, { id: 1, if_revision: 1, ...args });
      t.match(result, {
        isError: true,
        structuredContent: { code: 'task/stale', current: { id: 1, title: 'b', revision: 2 } },
      });
      t.match(textOf(result), /at revision 2 now\..*\nIt is now: 1: b, revision 2$/);
    }
    await agent.done('delete_task', { id: 1, if_revision: 2 });
    t.match(await agent.call('restore_task', { id: 1, if_revision: 2 }), { structuredContent: { code: 'task/stale' } });
    await agent.done('restore_task', { id: 1, if_revision: 3 });
  });

  t.test('an undo that a later change stands in the way of', async (t) => {
    const agent = await anAgent(t, useCases);
    await agent.done('add_task', { title: 'a' });
    await agent.done('update_task', { id: 1, title: 'b' });
    await agent.done('update_task', { id: 1, title: 'c' });
    const result = await agent.call('undo', { revision: 2 });
    t.match(result.structuredContent, {
      code: 'undo/superseded',
      superseded: [{ id: 1, field: 'title', given: 'b', current: 'c' }],
    });
    t.match(textOf(result), '- title of task 1: "b" then, "c" now');
  });

  t.test('user_id of another user', async (t) => {
    const agent = await anAgent(t, useCases);
    const other = await anAgent(t, useCases);
    for (const { done } of [agent, other]) await done('add_task', { title: 'a' });
    const before = [await contentOf(agent), await contentOf(other)];
    for (const [tool, args] of [
      ['add_task', { title: 'b' }],
      ['add_task', { no: 'title' }],
      ['list_tasks', {}],
      ['get_task', { id: 1 }],
      ['update_task', { id: 1, title: 'b' }],
      ['complete_task', { id: 1 }],
      ['delete_task', { id: 1 }],
      ['restore_task', { id: 1 }],
      ['undo', { revision: 1 }],
      ['history', { id: 1 }],
    ] as const) {
      const result = await agent.call(tool, { ...args, user_id: other.user });
      t.strictSame(result.structuredContent, {
        code: 'auth/wrong-user',
        message: `\`user_id\` names another user, whose tasks nobody reaches from here. Leave it out, or pass "${agent.user}".`,
      });
    }
    t.strictSame([await contentOf(agent), await contentOf(other)], before);
  });

  t.test('calls that are none', async (t) => {
    const { client } = await anAgent(t, useCases);
    const send = (params: unknown) => client.request({ method: 'tools/call', params } as never, CallToolResultSchema);
    for (const params of [
      { name: 'remove_task', arguments: {} },
      { name: 7 },
      {},
      { name: 'toString' },
      { name: '__proto__' },
    ])
      await t.rejects(send(params), {
        code: -32_602,
        message: /There is no tool .*\. The tools are add_task, list_tasks, get_task, .*, history\.$/,
      });
    for (const args of ['text', [1], 7, true, null])
      t.match(await send({ name: 'add_task', arguments: args }), {
        isError: true,
        structuredContent: {
          errors: [{ field: 'arguments', message: 'must be an object, such as {"title": "Buy milk"}' }],
        },
      });
    t.match(await send({ name: 'add_task', arguments: JSON.parse('{"title":"a","__proto__":{"priority":"high"}}') }), {
      isError: true,
      structuredContent: { errors: [{ field: '__proto__', message: /is not a known parameter/ }] },
    });
  });
});
