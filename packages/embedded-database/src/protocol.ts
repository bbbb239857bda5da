import type { Socket } from 'node:net';
import { join } from 'node:path';

/** Returns the files that the keeper and its holders share, all in the directory of the database. */
export function keeperFiles(directory: string) {
  return {
    address: join(directory, 'keeper.json'),
    lock: join(directory, 'keeper.lock'),
    log: join(directory, 'keeper.log'),
    postgresLog: join(directory, 'postgres.log'),
  };
}

/** Content of `keeper.json`, readable by its owner only. The token authenticates a holder. */
export interface KeeperAddress {
  port: number;
  token: string;
}

/** The arguments of a keeper. The settings are those of the first holder. */
export interface KeeperArguments {
  directory: string;
  settings: Record<string, string>;
}

/** The only line that a holder sends. After it, the open connection keeps the database running. */
export interface Hello {
  token: string;
  database: string;
}

/** Lines from the keeper: `welcome` identifies it, `url` or `error` is the response. */
export type KeeperMessage = { welcome: true } | { notice: string } | { url: string } | { error: string };

export function onLine(socket: Socket, listener: (line: string) => void) {
  let rest = '';
  socket.setEncoding('utf8').on('data', (chunk) => {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(listener);
  });
}

/** Parses a JSON object; undefined for anything else, as another program may listen on a dead keeper's port. */
export function parse<T>(text: string): T | undefined {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value ? value : undefined;
  } catch {
    return undefined;
  }
}

export const writeLine = (message: Hello | KeeperMessage) => `${JSON.stringify(message)}\n`;
