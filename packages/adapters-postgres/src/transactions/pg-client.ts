import { readFile } from 'node:fs/promises';
import { databaseUnavailable } from '@taskward/domain';
import { Client } from 'pg';

/**
 * Reads a file that holds a password. A line break at its end does not belong to it.
 * @throws DomainError `database/unavailable`, whose cause says what is wrong with the file
 */
export const readPasswordFile = async (path: string): Promise<string> => {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw databaseUnavailable(new Error(`DATABASE_PASSWORD_FILE cannot be read: ${error.message}`, { cause: error }));
  });
  const password = text.replace(/\r?\n$/, '');
  if (password === '') throw databaseUnavailable(new Error(`DATABASE_PASSWORD_FILE is empty: ${path}`));
  return password;
};

// What a server reports of itself as a connection opens, and again whenever it changes (PostgreSQL 14 and newer).
const readOnlyParameters = new Set(['in_hot_standby', 'default_transaction_read_only']);
const readOnlyReports = new WeakMap<object, Set<string>>();

/** Whether the server of a client of `clientClass` has reported that it takes no writes: a standby, or one that was demoted. */
export const reportsReadOnly = (client: object): boolean => (readOnlyReports.get(client)?.size ?? 0) > 0;

type Connected = (error?: Error) => void;

/**
 * Makes the class of the pool's clients.
 * @param passwordFile read by each client before it connects, so that a rotated password needs no restart
 */
export const clientClass = (passwordFile: string | undefined): typeof Client =>
  class extends Client {
    override connect(): Promise<Client>;
    override connect(callback: Connected): void;
    override connect(callback?: Connected): Promise<Client> | undefined {
      const connected = this.#connect();
      if (callback === undefined) return connected;
      connected.then(() => callback(), callback);
      return undefined;
    }

    async #connect(): Promise<Client> {
      // Until the pool listens: the server may end a connection as soon as it has accepted it.
      this.on('error', () => {});
      const reports = new Set<string>();
      readOnlyReports.set(this, reports);
      this.connection.on('parameterStatus', ({ parameterName, parameterValue }) => {
        if (!readOnlyParameters.has(parameterName)) return;
        if (parameterValue === 'on') reports.add(parameterName);
        else reports.delete(parameterName);
      });
      try {
        if (passwordFile !== undefined) this.password = await readPasswordFile(passwordFile);
        return await super.connect();
      } catch (error) {
        // pg leaves the socket open unless the server closed it: it would count as a connection there.
        this.connection.stream.destroy();
        throw error;
      }
    }
  };
