import { setTimeout as wait } from 'node:timers/promises';
import { makeIdempotencyStore, makeOwnerPorts } from '@taskward/adapters-postgres';
import t from 'tap';
import { aCaller, anApi, type Caller } from '../support/http/api.ts';
import { open, poolSettings, sharedDatabase, testServerUrl } from '../support/postgres/database.ts';
import { aPostgresProxy } from '../support/postgres/postgres-proxy.ts';

// Taskward's own limits are shorter; a machine that does other things besides adds to them.
const patience = 20_000;

/** One request of each kind, each of its own user: the writes of one user run in sequence. */
const requests = ([reader, writer, changer, keyed]: readonly Caller[], key: string) => [
  reader?.call('GET', '/api/tasks'),
  writer?.call('POST', '/api/tasks', { title: 'x' }),
  changer?.call('PATCH', '/api/tasks/1/complete'),
  keyed?.call('POST', '/api/tasks', { title: 'x' }, { 'idempotency-key': key }),
];

t.test('a server that froze is unavailable in time, and its connections are not used again', async (t) => {
  await sharedDatabase(t);
  const proxy = await aPostgresProxy(t, await testServerUrl(t));
  const database = open(t, proxy.url, { ...poolSettings, size: 4, maxOverflow: 4 });
  const app = await anApi(t, {
    ...makeOwnerPorts({ database }),
    idempotency: makeIdempotencyStore({ database }),
  });
  const users = Array.from({ length: 4 }, () => aCaller(app));
  const responsesIn = async (key: string) => {
    const start = Date.now();
    const responses = await Promise.all(requests(users, key));
    return { took: Date.now() - start, responses, statuses: responses.map((response) => response?.statusCode) };
  };
  for (const user of users) await user.call('POST', '/api/tasks', { title: 'first' });
  t.same((await responsesIn('1')).statuses, [200, 201, 200, 201]);
  t.ok(proxy.open() >= 2, `${proxy.open()} connections are in the pool`);

  proxy.freeze();
  const frozen = await responsesIn('2');
  t.same(frozen.statuses, [503, 503, 503, 503]);
  t.ok(frozen.took < patience, `after ${frozen.took} ms`);
  for (const response of frozen.responses) t.match(response, { headers: { 'retry-after': '2' } });
  for (const deadline = Date.now() + patience; proxy.open() > 0 && Date.now() < deadline; ) await wait(10);
  t.equal(proxy.open(), 0, 'no connection is left');

  // The operating system accepts new connections, but nobody responds on them.
  const stillFrozen = await responsesIn('3');
  t.same(stillFrozen.statuses, [503, 503, 503, 503]);
  t.ok(stillFrozen.took < patience, `after ${stillFrozen.took} ms`);

  proxy.thaw();
  const thawed = await responsesIn('2');
  t.same(thawed.statuses, [200, 201, 200, 201], 'it recovers by itself');
});
