import t from 'tap';
import { anApi, stores } from '../support/http/api.ts';
import { fuzz, loopback } from './fuzz.ts';
import { knownFaults } from './known-faults.ts';
import { apiSettings, countWanted, seedWanted } from './settings.ts';

t.test('requests made from the document, and near misses of them: every response is as documented', async (t) => {
  const app = await anApi(t, await stores.PostgreSQL(t), apiSettings);
  // Each stream ends as soon as it has begun.
  app.endEventStreams();
  await app.listen(loopback);
  const count = countWanted();
  const seed = seedWanted();
  const { requests, onSockets, statuses, done, known, failures } = await fuzz(app, { count, seed, knownFaults });
  t.comment(`${requests} requests, ${onSockets} of them over sockets, seed ${seed}: ${JSON.stringify(statuses)}`);
  for (const [why, times] of Object.entries(known)) t.comment(`known, ${times} times: ${why}`);
  for (const failure of failures) {
    t.fail(failure.split('\n')[0] as string, { failure });
  }
  if (failures.length > 0) return;
  t.ok(requests >= count, `${requests} requests`);
  t.ok(onSockets > count / 20, `${onSockets} over sockets`);
  for (const status of [200, 201, 204, 304, 400, 401, 403, 404, 405, 412, 413, 415, 422])
    t.ok((statuses[status] ?? 0) >= count / 1000, `${status} came back ${statuses[status]} times`);
  for (const path of ['/api/tasks', '/api/{user_id}/tasks'])
    for (const operation of [
      `GET ${path}`,
      `POST ${path}`,
      `POST ${path}/batch`,
      `GET ${path}/{id}`,
      `PUT ${path}/{id}`,
    ])
      t.ok((done[operation] ?? 0) >= count / 1000, `${operation} was done ${done[operation]} times`);
});
