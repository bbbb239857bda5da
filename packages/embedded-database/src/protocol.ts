import type { Socket } from 'node:net';
import { join } from 'node:path';

/** Every file the keeper and its holders share: all lie in the directory the database was asked for. */
export function keeperFiles(directory: string) {
  return {
    address: join(directory, 'keeper.json'),
    lock: join(directory, 'keeper.lock'),
    log: join(directory, 'keeper.log'),
    postgresLog: join(directory, 'postgres.log'),
  };
}

/** Content of `keeper.json`, readable by its owner only: the token is what admits a holder. */
export interface KeeperAddress {
  port: number;
  token: string;
}

/** What a keeper is started with. Settings are those of the holder that came first. */
export interface KeeperArguments {
  directory: string;
  settings: Record<string, string>;
}

/** First and only line from a holder; after it, the open connection itself is what keeps the database running. */
export interface Hello {
  token: string;
  database: string;
}

/** Lines from the keeper: `welcome` proves that it is one, `url` or `error` is the answer. */
export type KeeperMessage = { welcome: true } | { notice: string } | { url: string } | { error: string };

export function onLine(socket: Socket, listener: (line: string) => void) {
  let rest = '';
  socket.setEncoding('utf8').on('data', (chunk) => {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(listener);
  });
}

/** Undefined for what is no object in JSON: whatever listens on a dead keeper's port may say anything. */
export function parse<T>(text: string): T | undefined {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value ? value : undefined;
  } catch {
    return undefined;
  }
}

export const writeLine = (message: Hello | KeeperMessage) => `${JSON.stringify(message)}\n`;
