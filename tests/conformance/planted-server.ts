import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HttpOptions } from '@taskward/adapters-http';
import { makeClient } from '@taskward/conformance';
import { anApi, anyClaims, stores } from '../support/http/api.ts';
import { secret } from '../support/http/tokens.ts';

/** A request as it came in. */
export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A response on its way out. */
export interface ReceivedResponse {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

/** Does something wrong: with the request before it is passed on, with the response, or without asking at all. */
export type Fault = (asked: Asked, forward: (asked: Asked) => Promise<ReceivedResponse>) => Promise<ReceivedResponse>;

interface Scope {
  teardown(close: () => Promise<void>): void;
}

/** Whom the server behind a fault demands its tokens from, and for. */
export const parties = { issuer: 'https://app.example', audience: 'https://api.example' };

/** The cookie that the server behind a fault takes a token from. */
export const cookie = 'taskward_token';

const hopByHop = ['connection', 'content-length', 'keep-alive', 'transfer-encoding'];

const without = (headers: IncomingHttpHeaders | OutgoingHttpHeaders, names: readonly string[]) =>
  Object.fromEntries(Object.entries(headers).filter(([name, value]) => value !== undefined && !names.includes(name)));

const listening = async (
  scope: Scope,
  fault: Fault,
  forward: (asked: Asked) => Promise<ReceivedResponse>,
): Promise<URL> => {
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    const { method = '', url = '', headers } = request;
    const responded = await fault({ method, url, headers, body }, forward);
    response.writeHead(responded.status, {
      ...without(responded.headers, hopByHop),
      ...(responded.status !== 204 && responded.status !== 304 && { 'content-length': responded.body.length }),
    });
    response.end(responded.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  scope.teardown(async () => {
    server.closeAllConnections();
    server.close();
  });
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
};

/** A server of ours, over memory, behind a proxy that plants a fault. */
export const aServerWith = async (
  scope: Scope,
  fault: Fault,
  { compatibility }: Pick<HttpOptions, 'compatibility'> = {},
): Promise<URL> => {
  const policy = { ...anyClaims, issuers: [parties.issuer], audiences: [parties.audience] };
  const app = await anApi(scope, await stores.memory(scope), {
    auth: { secret: { value: secret, algorithms: ['HS256'] }, policy, cookie },
    compatibility,
  });
  const behind = makeClient(new URL(await app.listen({ host: '127.0.0.1', port: 0 })), () => {});
  scope.teardown(async () => behind.close());
  return listening(scope, fault, async ({ method, url, headers, body }) => {
    const sent = body.length > 0 || headers['content-length'] === '0' ? { body } : {};
    const passed = without(headers, hopByHop) as Record<string, string>;
    const response = await behind.send({ method, path: url, headers: passed, ...sent });
    return { status: response.status, headers: { ...response.headers }, body: response.bytes };
  });
};

/** A server that gives every request the same response. */
export const aServerThatSays = (scope: Scope, responded: ReceivedResponse): Promise<URL> =>
  listening(
    scope,
    async () => responded,
    async () => responded,
  );
