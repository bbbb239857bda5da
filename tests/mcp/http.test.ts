// Agents that call by HTTP, with the SDK's own client and without, over PostgreSQL.
import t from 'tap';
import { aUser } from '../support/builders.ts';
import { aToken } from '../support/http/tokens.ts';
import { aListeningApi, callTool, connectByHttp } from './over-http.ts';

const { url } = await aListeningApi(t);

t.test('smoke', async (t) => {
  const client = await connectByHttp(t, url, aToken({ sub: aUser() }));
  console.error(
    (await client.listTools()).tools.map(({ name }) => name),
    client.getServerCapabilities(),
    client.getServerVersion(),
  );
  console.error(await callTool(client, 'add_task', { title: 'x' }));
  t.pass();
});
