import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';

/** What a proxy ends with. */
export interface Scope {
  teardown(close: () => Promise<void>): void;
}

/**
 * Has a proxy listen on a port of its own until the test ends.
 * @param cutAll closes all connections through it
 * @returns the URL of the PostgreSQL server behind it, by way of the proxy
 */
export const listenBefore = async (
  scope: Scope,
  server: Server,
  serverUrl: string,
  cutAll: () => void,
): Promise<string> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  scope.teardown(async () => {
    cutAll();
    server.close();
    await once(server, 'close');
  });
  const url = new URL(serverUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return url.href;
};
