import { readConfig } from '@taskward/api';
import { timeouts } from '@taskward/owner-transactions';
import t from 'tap';

const request = 30_000;
const shortestProbe = 3_000;

const relations: readonly (readonly [smaller: number, larger: number, why: string])[] = [
  [timeouts.sharedLock, timeouts.sharedStatement, 'a lock is given up before the statement that waits for it'],
  [timeouts.sharedStatement, timeouts.queue, 'who waits for a shared transaction outlasts one that is slow'],
  [timeouts.sharedStatement, timeouts.statement, 'what was too slow among others gets more time alone'],
  [2 * timeouts.severalStatements, timeouts.response, 'both statements end before their response is given up'],
  [timeouts.statement, timeouts.response, 'the server ends a statement before the connection is given up'],
  [
    timeouts.response,
    timeouts.idleInTransaction,
    'the server does not end a transaction that still waits for a response',
  ],
  [timeouts.ping, timeouts.response, 'a connection is asked whether it lives for less time than work may take'],
  [timeouts.ping, shortestProbe, 'the readiness check closes its connection before its probe gets a response'],
  [timeouts.replaceAgain, 500, 'writes are back within a second of a failover'],
  [timeouts.queueCheck, timeouts.queue, 'giving up is not much later than it should be'],
  [20_000 + timeouts.response, request, 'the longest time to connect, and a response, fit into a request'],
];

t.test('the time limits fit together', async (t) => {
  for (const [smaller, larger, why] of relations) t.ok(smaller < larger, `${smaller} < ${larger}: ${why}`);
  t.throws(() => readConfig({ DB_CONNECT_TIMEOUT: '21' }), /DB_CONNECT_TIMEOUT/);
  t.ok(
    timeouts.queue < readConfig({}).pool.connectSeconds * 1_000,
    'a connection may take longer to open than to be free',
  );
});
