import { connect, createServer, type Socket } from 'node:net';
import { listenBefore, type Scope } from './proxy-server.ts';

/** What a client sends up to one `Sync`. */
export interface SentQueries {
  /** The texts of the statements that it executes. */
  readonly statements: readonly string[];
  /** Whether a transaction that may have written something ends well with it. */
  readonly commits: boolean;
}

/**
 * What becomes of a pipeline of queries. The connection is cut `before` the server gets it; `after` the server has
 * executed it, before its response gets back; or while it is `racing`: the server may be at any point of it. Or it is
 * `disowned` after the server has executed it: the proxy reports, as a pooler does, that it has lost the server.
 */
export type Fate = 'pass' | 'before' | 'after' | 'racing' | 'disowned';

/** A proxy in front of PostgreSQL that can freeze and cut connections. */
export interface PostgresProxy {
  /** The same server, through the proxy. */
  readonly url: string;
  /** Stops passing data on, and closes nothing: new connections are accepted, and get no data either. */
  freeze(): void;
  thaw(): void;
  /** The number of open client connections. */
  open(): number;
}

const cString = (bytes: Buffer, start: number): string => bytes.toString('utf8', start, bytes.indexOf(0, start));

/** Parses what one client sends, in the extended protocol without portals: enough for what this project sends. */
const makeListener = () => {
  const prepared = new Map<string, string>();
  let statements: string[] = [];
  let bound = '';
  let open = false;
  let wrote = false;

  const onSync = (): SentQueries => {
    for (const text of statements) {
      if (/^\s*begin\b/i.test(text)) open = true;
      if (/\b(insert|update|delete)\b/i.test(text)) wrote = true;
    }
    const last = statements.at(-1) ?? '';
    const commits = wrote && (open ? /^\s*commit\b/i.test(last) : true);
    if (!open || /^\s*(commit|rollback)\b/i.test(last)) {
      open = false;
      wrote = false;
    }
    const batch = { statements, commits };
    statements = [];
    return batch;
  };

  return (type: string, body: Buffer): SentQueries | undefined => {
    if (type === 'P') {
      const name = cString(body, 0);
      prepared.set(name, cString(body, Buffer.byteLength(name) + 1));
    } else if (type === 'B') {
      bound = cString(body, body.indexOf(0) + 1);
    } else if (type === 'E') {
      statements.push(prepared.get(bound) ?? '');
    } else if (type === 'Q') {
      statements.push(cString(body, 0));
      return onSync();
    } else if (type === 'S') {
      return onSync();
    }
    return undefined;
  };
};

/** Cuts a stream of bytes into messages; the first one of a client has no type. */
const makeSplitter = (onMessage: (type: string, message: Buffer, body: Buffer) => void, started = false) => {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const head = started ? 1 : 0;
      if (rest.length < head + 4) return;
      const length = head + rest.readInt32BE(head);
      if (rest.length < length) return;
      const message = rest.subarray(0, length);
      rest = rest.subarray(length);
      onMessage(started ? String.fromCharCode(message[0] as number) : '', message, message.subarray(head + 4));
      started = true;
    }
  };
};

// What PgBouncer says when the server goes away under a client.
const lost = Buffer.from('SFATAL\0VFATAL\0C08P01\0Mserver conn crashed?\0\0');
const serverLost = Buffer.concat([Buffer.from('E'), Buffer.alloc(4), lost]);
serverLost.writeInt32BE(4 + lost.length, 1);

/**
 * Opens a proxy in front of the PostgreSQL server of a URL; it is closed when the test ends.
 * @param fateOf decides over each pipeline of every connection
 */
export const aPostgresProxy = async (
  scope: Scope,
  serverUrl: string,
  fateOf: (batch: SentQueries) => Fate = () => 'pass',
): Promise<PostgresProxy> => {
  const target = new URL(serverUrl);
  const pairs = new Set<readonly [Socket, Socket]>();
  let frozen = false;

  const server = createServer((client) => {
    const upstream = connect(Number(target.port || 5432), target.hostname);
    const pair = [client, upstream] as const;
    pairs.add(pair);
    const cut = () => {
      client.destroy();
      upstream.destroy();
      pairs.delete(pair);
    };
    for (const socket of pair) socket.setNoDelay(true).on('error', cut).on('close', cut);

    let held: Buffer[] = [];
    // How many responses are awaited until the connection is cut: several pipelines may be under way at once.
    let sent = 0;
    let doomedAfter = Number.POSITIVE_INFINITY;
    let isDisowned = false;
    const listen = makeListener();
    const split = makeSplitter((type, message, body) => {
      held.push(message);
      const batch = listen(type, body);
      // A pipeline is passed on as a whole; the messages that start and end the session, at once.
      if (batch === undefined && 'PBEDCH'.includes(type) && type !== '') return;
      const bytes = Buffer.concat(held);
      held = [];
      const fate = batch === undefined ? 'pass' : fateOf(batch);
      if (fate === 'before') return cut();
      if (batch !== undefined || type === '') sent += 1;
      if (fate === 'disowned') isDisowned = true;
      if (fate === 'after' || fate === 'disowned') doomedAfter = Math.min(doomedAfter, sent);
      if (fate !== 'racing') return void upstream.write(bytes);
      // The server gets all of it and then the end of the connection, as from a client that died.
      pairs.delete(pair);
      upstream.removeListener('close', cut).resume().end(bytes);
      client.removeListener('close', cut).destroy();
    });
    client.on('data', (chunk: Buffer) => {
      if (!frozen) split(chunk);
    });
    const splitResponses = makeSplitter((type, message) => {
      const isDoomed = doomedAfter <= 1;
      if (type === 'Z') {
        sent -= 1;
        doomedAfter -= 1;
      }
      // A pipeline is done when the server is ready for the next one. Nothing of its response is passed on.
      if (doomedAfter <= 0) {
        if (isDisowned) client.end(serverLost);
        else cut();
      } else if (!isDoomed && !frozen && !client.destroyed) client.write(message);
    }, true);
    upstream.on('data', splitResponses);
    if (frozen) upstream.pause();
  });
  const url = await listenBefore(scope, server, serverUrl, () => {
    for (const [client, upstream] of pairs) {
      client.destroy();
      upstream.destroy();
    }
  });
  return {
    url,
    freeze: () => {
      frozen = true;
    },
    thaw: () => {
      frozen = false;
    },
    open: () => pairs.size,
  };
};
