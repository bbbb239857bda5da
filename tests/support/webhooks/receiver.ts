import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { makeWebhookSender } from '@taskward/adapters-webhooks';
import { ownerActor, Task, type TaskEvent } from '@taskward/domain';
import { Webhook } from 'standardwebhooks';
import type { Test } from 'tap';
import { aDraft, anInstant, aUser } from '../builders.ts';
import { aPlanning } from '../planning.ts';

/** A request that a receiver got. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Responds to the nth request, from 0. */
export type Respond = (response: ServerResponse, received: Received, n: number) => void;

const accept: Respond = (response) => response.writeHead(204).end();

/** A receiver on this machine: http, or https without a certificate that anyone trusts. */
export const aReceiver = async (t: Test, respond: Respond = accept) => {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request).catch(() => undefined);
    if (body === undefined) return;
    const one = { path: request.url ?? '', headers: request.headers, body };
    received.push(one);
    respond(response, one, received.length - 1);
  });
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.closeAllConnections();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  };
  t.teardown(close);
  return { received, port, url: `http://127.0.0.1:${port}/events`, close, connections: () => connections };
};

/** The event of a received request, once the library has verified its signature. @throws if it is not signed with the secret */
export const verified = (secret: string, { headers, body }: Received) =>
  new Webhook(secret).verify(body, headers as Record<string, string>) as {
    id: string;
    type: string;
    data: {
      task: { id: number; user_id: string; revision: number };
      changed: Record<string, unknown>;
      revision: number;
      reminder?: { at: string; late: boolean };
    };
  };

/** A sender as in development, with little patience, closed when the test ends. */
export const aSender = (t: Test, options: Partial<Parameters<typeof makeWebhookSender>[0]> = {}) => {
  const sender = makeWebhookSender({ source: 'https://api.example', allowsLoopback: true, timeout: 500, ...options });
  t.teardown(() => sender.close());
  return sender;
};

/** The event of a task that was completed. */
export const anEvent = (): TaskEvent => {
  const owner = aUser();
  const task = Task.restore({ ...aDraft(owner, { title: 'Grüße 😀' }), id: 7, revision: 41 });
  const done = task.setCompleted(
    ownerActor(owner),
    { completed: true },
    anInstant('2026-11-20T10:00:00.000Z'),
    aPlanning(),
  );
  return {
    type: 'completed',
    task: Task.restore({ ...done, revision: 42 }),
    changed: { completed: [false, true] },
    revision: 42,
    at: anInstant('2026-11-20T10:00:00.000Z'),
  };
};
