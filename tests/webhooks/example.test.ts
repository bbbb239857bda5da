import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { makeWebhookSecrets } from '@taskward/adapters-webhooks';
import t from 'tap';
import { readText, root } from '../support/repository/workspace.ts';
import { anEvent, aSender } from '../support/webhooks/receiver.ts';
import { webhookKey } from '../support/webhooks/workers.ts';

const [, example = ''] = /```js\n([\s\S]*?)```/.exec(readText('docs/webhooks.md')) ?? [];

const aFreePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
};

t.test('the receiver in docs/webhooks.md takes what is signed, once, and nothing else', async (t) => {
  const [port, { secretOf }] = [await aFreePort(), makeWebhookSecrets(webhookKey)];
  const [secret, other] = [secretOf('e', 1), secretOf('e', 2)];
  const env = { PATH: process.env.PATH, WEBHOOK_SECRET: secret, PORT: `${port}` };
  const child = spawn(process.execPath, ['--input-type=module', '--eval', example], { cwd: root, env });
  t.teardown(() => child.kill('SIGKILL'));
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    err += text;
  });
  const sender = aSender(t, { timeout: 5_000 });
  const send = (secrets: string[]) => sender.send(anEvent(), { id: 'a-1', url: `http://127.0.0.1:${port}/`, secrets });
  let first = await send([secret]);
  for (let tries = 0; first.error === 'connection' && tries < 100; tries += 1) {
    await wait(100);
    first = await send([secret]);
  }
  t.match(first, { status: 204, error: undefined }, err);
  t.match(await send([other, secret]), { status: 204 }, 'while the secret rotates');
  t.match(await send([other]), { status: 401 });
  t.equal(out, 'taskward.task.completed Grüße 😀\n');
});
