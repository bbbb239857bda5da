import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';

interface Scope {
  teardown(close: () => void): void;
}

/**
 * Starts a reverse proxy that serves a server under a path and nothing else. It stops with the test.
 * @param prefix such as `/svc`
 * @param headers further headers of each request, such as `X-Forwarded-Prefix`
 * @returns the URL under which the server is seen, with a slash at its end
 */
export const aPrefixProxy = async (
  scope: Scope,
  target: string,
  prefix: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<string> => {
  const proxy = createServer((incoming, outgoing) => {
    const path = incoming.url ?? '/';
    if (!path.startsWith(`${prefix}/`)) {
      outgoing.writeHead(404, { 'content-type': 'text/plain' }).end(`Nothing is served at ${path}.`);
      return;
    }
    const { method = 'GET', headers: sent } = incoming;
    const onward = request(`${target}${path.slice(prefix.length)}`, { method, headers: { ...sent, ...headers } });
    onward.on('response', (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.rawHeaders);
      pipeline(response, outgoing, () => {});
    });
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    pipeline(incoming, onward, () => {});
  });
  proxy.listen(0, 'localhost');
  await once(proxy, 'listening');
  scope.teardown(() => {
    proxy.close();
    proxy.closeAllConnections();
  });
  return `http://localhost:${(proxy.address() as AddressInfo).port}${prefix}/`;
};
