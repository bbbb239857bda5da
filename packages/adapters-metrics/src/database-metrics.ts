import type { TransactionCount, TransactionStatistics } from '@taskward/owner-transactions';
import type { Registry } from 'prom-client';
import { addCounter, addGauge } from './read-metrics.ts';

const ofKinds = ({ transactions }: TransactionStatistics, what: keyof TransactionCount): Record<string, number> =>
  Object.fromEntries(Object.entries(transactions).map(([kind, counts]) => [kind, counts[what]]));

const kinds =
  'by what shares one: reading, writing, exclusive (a request with one to itself), own (on a connection of its own)';

/** Adds the metrics of the connections to the database, and of the transactions on them. */
export const addDatabaseMetrics = (registry: Registry, read: () => TransactionStatistics): void => {
  addGauge(
    registry,
    { name: 'taskward_db_connections_max', help: 'Connections to the database that may be open.' },
    () => read().connections.max,
  );
  addGauge(
    registry,
    { name: 'taskward_db_connections', help: 'Open connections, by state: idle, in_use.', label: 'state' },
    () => {
      const { open, inUse } = read().connections;
      return { idle: open - inUse, in_use: inUse };
    },
  );
  addGauge(
    registry,
    { name: 'taskward_db_connections_waiting', help: 'Callers that wait for a connection.' },
    () => read().connections.waiting,
  );
  addCounter(
    registry,
    { name: 'taskward_db_connections_opened_total', help: 'Connections that were opened.' },
    () => read().connections.opened,
  );
  addCounter(
    registry,
    { name: 'taskward_db_connections_broken_total', help: 'Open connections that were lost.' },
    () => read().connections.broken,
  );
  addCounter(
    registry,
    { name: 'taskward_db_connections_failed_total', help: 'Connections that could not be opened.' },
    () => read().connections.failed,
  );
  addGauge(
    registry,
    { name: 'taskward_db_requests_waiting', help: 'Requests that wait to be put into a transaction.' },
    () => read().waiting,
  );
  addCounter(
    registry,
    { name: 'taskward_db_transactions_total', help: `Transactions that were sent, ${kinds}.`, label: 'kind' },
    () => ofKinds(read(), 'transactions'),
  );
  addCounter(
    registry,
    {
      name: 'taskward_db_transaction_requests_total',
      help: `Requests in these transactions, ${kinds}.`,
      label: 'kind',
    },
    () => ofKinds(read(), 'requests'),
  );
};
