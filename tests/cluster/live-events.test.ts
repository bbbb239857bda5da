import t from 'tap';
import { aUser } from '../support/builders.ts';
import { openEvents } from '../support/http/event-client.ts';
import { aToken } from '../support/http/tokens.ts';
import { aCluster, whileFrozen } from './cluster.ts';

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
  const openStream = async () => {
    const stream = await openEvents(t, `${cluster.url}/api/tasks/events`, headers);
    t.match(await stream.next(), { retry: /^\d+$/ }, 'an open stream');
    return stream;
  };
  const streams = [];
  for (const pid of cluster.workers()) streams.push(await whileFrozen(pid, openStream));
  let milliseconds = 0;
  for (let n = 0; n < changes; n += 1) {
    const began = performance.now();
    t.equal((await create()).status, 201);
    for (const stream of streams) await stream.nextChange();
    milliseconds += performance.now() - began;
  }
  t.comment(
    `${changes} changes, one after the other, on the streams of both processes: ${Math.round(milliseconds)} ms`,
  );
  t.ok(milliseconds < changes * pollMilliseconds, 'sooner than by asking the database');
});
