import { Client, type PoolConfig } from 'pg';
import { timeouts } from './timeouts.ts';

/** How connections are pooled, in SQLAlchemy's terms. */
export interface PoolSettings {
  /** Connections kept open, ≥ 1. */
  readonly size: number;
  /** Further connections opened under load and closed when idle, ≥ 0. */
  readonly maxOverflow: number;
  /** Whether a connection that died in the pool is replaced before a request notices. */
  readonly prePing: boolean;
  /** Seconds after which a connection is replaced. */
  readonly recycleSeconds: number;
  /** Seconds that a connection may take to open. */
  readonly connectSeconds: number;
}

// Reported by the server as a connection opens, and again whenever they change (PostgreSQL 14 and newer).
const readOnlyParameters = new Set(['in_hot_standby', 'default_transaction_read_only']);
const readOnlyReports = new WeakMap<object, Set<string>>();

/** Whether the server of a pool made with {@link poolConfig} has reported that it accepts no writes. */
export const reportsReadOnly = (client: object): boolean => (readOnlyReports.get(client)?.size ?? 0) > 0;

type Connected = (error?: Error) => void;

const clientClass = (readPassword: (() => Promise<string>) | undefined): typeof Client =>
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
        if (readPassword !== undefined) this.password = await readPassword();
        return await super.connect();
      } catch (error) {
        // pg leaves the socket open unless the server closed it: it would count as a connection there.
        this.connection.stream.destroy();
        throw error;
      }
    }
  };

/**
 * Returns the options of a pg `Pool` that {@link OwnerTransactions} can use.
 * @param url a `postgresql://` URL
 * @param readPassword called by each client before it connects, so that a rotated password needs no restart; pg's own
 * `password` function leaves the socket open when it fails, and a password in the URL would win over it
 */
export const poolConfig = (url: string, pool: PoolSettings, readPassword?: () => Promise<string>): PoolConfig => ({
  connectionString: url,
  connectionTimeoutMillis: pool.connectSeconds * 1_000,
  min: pool.size,
  max: pool.size + pool.maxOverflow,
  idleTimeoutMillis: timeouts.idleOverflow,
  maxLifetimeSeconds: pool.recycleSeconds,
  Client: clientClass(readPassword),
  keepAlive: true,
  pipeline: true,
});
