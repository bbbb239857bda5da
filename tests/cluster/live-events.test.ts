import t from 'tap';
import { aUser } from '../support/builders.ts';
import { openEvents } from '../support/http/event-client.ts';
import { aToken } from '../support/http/tokens.ts';
import { aCluster, until } from './cluster.ts';

t.setTimeout(240_000);

const changes = 10;
const pollMilliseconds = 900;

t.test('a change reaches the streams of the other process before that asks the database', async (t) => {
  const cluster = await aCluster(t);
  const headers = { authorization: `Bearer ${aToken({ sub: aUser() })}` };
  const create = () =>
    fetch(`${cluster.url}/api/tasks`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: '{"title":"x"}',
    });
  // Either process may accept a connection, so streams are opened until both have one.
  const openOnBoth = async () => {
    for (;;) {
      const streams = [];
      for (let n = 0; n < 5; n += 1) streams.push(await openEvents(t, `${cluster.url}/api/tasks/events`, headers));
      let milliseconds = 0;
      for (let n = 0; n < changes; n += 1) {
        const began = performance.now();
        t.equal((await create()).status, 201);
        for (const stream of streams) await stream.nextChange();
        milliseconds += performance.now() - began;
      }
      const ids = streams.map(({ headers: { 'x-request-id': id } }) => String(id));
      for (const stream of streams) stream.cut();
      const pids = await Promise.all(ids.map((id) => until('the end of a stream', () => cluster.servedBy(id))));
      if (new Set(pids).size === 2) return milliseconds;
    }
  };
  const milliseconds = await openOnBoth();
  t.comment(
    `${changes} changes, one after the other, on the streams of both processes: ${Math.round(milliseconds)} ms`,
  );
  t.ok(milliseconds < changes * pollMilliseconds, 'sooner than by asking the database');
});
