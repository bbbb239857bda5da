import { type Resource, ResourceUpdatedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { changesGone, type UseCases } from '@taskward/application';
import { eventually } from '../support/processes/processes.ts';
import { type Agent, anAgent, overStores } from './agents.ts';

const patience = 10_000;
const uriOf = (id: number) => `taskward://tasks/${id}`;

/** Collects the URIs of which a client is told that they have changed. */
const toldOf = ({ client }: Agent): string[] => {
  const told: string[] = [];
  client.setNotificationHandler(ResourceUpdatedNotificationSchema, ({ params }) => void told.push(params.uri));
  return told;
};

overStores((t, useCases) => {
  t.test('tasks as resources · the newest first, by pages', async (t) => {
    const agent = await anAgent(t, useCases);
    const { client, done } = agent;
    t.strictSame((await client.listResources()).resources, []);
    for (let number = 1; number <= 51; number += 1) await done('add_task', { title: `task\n${number}` });
    const first = await client.listResources();
    t.match(first.resources[0], {
      uri: uriOf(51),
      name: 'task-51',
      title: 'task 51',
      mimeType: 'application/json',
      annotations: { lastModified: /Z$/ },
    } as unknown as Resource);
    t.equal(first.resources.length, 50);
    const { resources, nextCursor } = await client.listResources({ cursor: first.nextCursor as string });
    t.match([resources.map(({ uri }) => uri), nextCursor], [[uriOf(1)], undefined]);
    await t.rejects(client.listResources({ cursor: 'x' }), {
      code: -32_602,
      message: /take it from the previous page/,
    });

    t.match(await client.listResourceTemplates(), { resourceTemplates: [{ uriTemplate: 'taskward://tasks/{id}' }] });
    const [contents] = (await client.readResource({ uri: uriOf(7) })).contents as { uri: string; text: string }[];
    t.equal(contents?.uri, uriOf(7));
    t.strictSame(JSON.parse(contents?.text ?? ''), (await done('get_task', { id: 7 })).task);
  });

  t.test('what is no resource of the user', async (t) => {
    const { client } = await anAgent(t, useCases);
    await (await anAgent(t, useCases)).done('add_task', { title: 'of another user' });
    for (const uri of [
      uriOf(1),
      'taskward://tasks/x',
      'taskward://tasks/01',
      'taskward://tasks/1/',
      'file:///etc/passwd',
      '',
    ])
      await t.rejects(client.readResource({ uri }), { code: -32_002, message: /There is no (task 1|resource) / }, uri);
  });

  t.test('a subscription tells of changes of its task, whoever makes them', async (t) => {
    const agent = await anAgent(t, useCases, undefined, { canSubscribe: true });
    const elsewhere = await anAgent(t, useCases, agent.user);
    const told = toldOf(agent);
    t.strictSame(agent.client.getServerCapabilities()?.resources, { subscribe: true });
    for (const title of ['a', 'b', 'c']) await agent.done('add_task', { title });
    for (const id of [1, 2]) await agent.client.subscribeResource({ uri: uriOf(id) });

    await elsewhere.done('update_task', { id: 3, title: 'not subscribed' });
    await elsewhere.done('update_task', { id: 1, title: 'changed' });
    t.ok(await eventually(() => told.includes(uriOf(1)), patience));
    await agent.done('delete_task', { id: 2 });
    t.ok(await eventually(() => told.includes(uriOf(2)), patience));
    t.strictSame([...new Set(told)].sort(), [uriOf(1), uriOf(2)]);

    await agent.client.unsubscribeResource({ uri: uriOf(1) });
    told.length = 0;
    await elsewhere.done('update_task', { id: 1, title: 'unsubscribed' });
    await elsewhere.done('restore_task', { id: 2 });
    t.ok(await eventually(() => told.includes(uriOf(2)), patience));
    t.strictSame([...new Set(told)], [uriOf(2)]);

    await agent.client.unsubscribeResource({ uri: uriOf(2) });
    await agent.client.subscribeResource({ uri: uriOf(3) });
    told.length = 0;
    await elsewhere.done('complete_task', { id: 3 });
    t.ok(await eventually(() => told.includes(uriOf(3)), patience));
  });

  t.test('a subscription needs a task of the user, and a connection that lasts', async (t) => {
    const agent = await anAgent(t, useCases, undefined, { canSubscribe: true });
    await t.rejects(agent.client.subscribeResource({ uri: uriOf(1) }), { code: -32_002 });
    const stateless = await anAgent(t, useCases);
    await stateless.done('add_task', { title: 'a' });
    t.notOk(stateless.client.getServerCapabilities()?.resources?.subscribe);
    await t.rejects(stateless.client.subscribeResource({ uri: uriOf(1) }), /does not support|no method/);
  });

  t.test('a subscription outlives a log that was cut, and ends with the connection', async (t) => {
    const user = (await anAgent(t, useCases)).user;
    let followed = 0;
    let ended = 0;
    // The log has gone once; what was missed may be any task that is subscribed.
    const cut: UseCases = {
      ...useCases,
      followChanges: async (...args) => {
        const follower = await useCases.followChanges(...args);
        followed += 1;
        if (followed > 1)
          return {
            ...follower,
            end: () => {
              ended += 1;
              follower.end();
            },
          };
        return { ...follower, next: () => Promise.reject(changesGone()) };
      },
    };
    const agent = await anAgent(t, cut, user, { canSubscribe: true });
    const told = toldOf(agent);
    await agent.done('add_task', { title: 'a' });
    await agent.client.subscribeResource({ uri: uriOf(1) });
    t.ok(await eventually(() => told.length === 1, patience));
    t.equal(followed, 2);
    await agent.done('update_task', { id: 1, title: 'b' });
    t.ok(await eventually(() => told.length > 1, patience));
    await agent.client.close();
    t.ok(await eventually(() => ended === 1, patience));
  });
});
