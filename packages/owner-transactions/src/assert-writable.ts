import type { Connections } from './connections.ts';
import { DatabaseReadOnly } from './errors.ts';
import { ping, query, statement } from './pipelined-query.ts';

const selectReadOnly = query(
  statement(`select pg_is_in_recovery() or current_setting('transaction_read_only')::boolean as read_only`),
);

/**
 * Proves that the database answers and accepts writes. A connection that does not answer is closed.
 * @throws DatabaseReadOnly, and what taking a connection and asking fail with
 */
export const assertWritable = async (connections: Connections): Promise<void> => {
  const client = await connections.take();
  const ignore = () => {};
  client.on('error', ignore);
  const since = performance.now();
  try {
    const [[row] = []] = await ping(client, [selectReadOnly]);
    if (row?.[0] === 't') {
      const cause = Object.assign(new Error('the server is read-only'), { code: '25006' });
      throw new DatabaseReadOnly('the database accepts no writes', { cause });
    }
    client.off('error', ignore).release();
  } catch (error) {
    client.off('error', ignore).release(true);
    connections.noteFailure(error, since);
    throw error;
  }
};
