import { connect, createServer, type Socket } from 'node:net';
import { listenBefore, type Scope } from './proxy-server.ts';

/** A TCP address that leads to one of several servers, as a cloud's endpoint does. */
export interface SwitchingProxy {
  /** The first server's URL, by way of the proxy. */
  readonly url: string;
  /** Leads new connections to another server; those that are open stay where they are. */
  switchTo(serverUrl: string): void;
  /** Drops every packet of the connections that are open now, without closing any of them. */
  blackHole(): void;
  /** Closes every connection to the server, as a server does that is suspended. */
  cutAll(): void;
  /** Suspends the server: it sends nothing until so many milliseconds after the next connection, which wakes it up. */
  suspend(milliseconds: number): void;
  /** How many connections of clients are open. */
  open(): number;
  /** How many connections have been made. */
  made(): number;
}

/** Opens a proxy in front of the PostgreSQL server of a URL; it is closed when the test ends. */
export const aSwitchingProxy = async (scope: Scope, serverUrl: string): Promise<SwitchingProxy> => {
  let target = new URL(serverUrl);
  let wakeUp = 0;
  let wakesAt: number | undefined;
  let made = 0;
  const pairs = new Set<{ readonly client: Socket; readonly upstream: Socket; isLost: boolean }>();

  const server = createServer((client) => {
    made += 1;
    const upstream = connect(Number(target.port || 5432), target.hostname);
    const pair = { client, upstream, isLost: false };
    pairs.add(pair);
    const cut = () => {
      if (pair.isLost && !client.destroyed) return;
      client.destroy();
      upstream.destroy();
      pairs.delete(pair);
    };
    for (const socket of [client, upstream]) socket.setNoDelay(true).on('error', cut).on('close', cut);
    client.on('data', (chunk) => {
      if (!pair.isLost) upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      if (!pair.isLost) client.write(chunk);
    });
    wakesAt ??= performance.now() + wakeUp;
    const asleep = wakesAt - performance.now();
    if (asleep <= 0) return;
    upstream.pause();
    const timer = setTimeout(() => upstream.resume(), asleep);
    client.once('close', () => clearTimeout(timer));
  });
  const cutAll = () => {
    for (const { client, upstream } of pairs) {
      client.destroy();
      upstream.destroy();
    }
  };
  const url = await listenBefore(scope, server, serverUrl, cutAll);
  return {
    url,
    switchTo: (other) => {
      target = new URL(other);
    },
    blackHole: () => {
      for (const pair of pairs) pair.isLost = true;
    },
    cutAll,
    suspend: (milliseconds) => {
      wakeUp = milliseconds;
      wakesAt = undefined;
    },
    open: () => pairs.size,
    made: () => made,
  };
};
