import { once } from 'node:events';
import { createServer } from 'node:net';
import t from 'tap';
import { sharedDatabaseUrl } from '../support/postgres/database.ts';
import { aFreePort, anApiProcess, eventually } from '../support/processes/processes.ts';
import { aCluster } from './cluster.ts';

t.setTimeout(240_000);

t.test('a process that cannot start ends the server with its message, once', async (t) => {
  const blocker = createServer().listen(0, '127.0.0.1');
  await once(blocker, 'listening');
  t.teardown(() => blocker.close());
  const { port } = blocker.address() as { port: number };
  const env = { WEB_CONCURRENCY: '3', PORT: String(port) };
  const error = await anApiProcess(t, await sharedDatabaseUrl(t), env).then(
    () => undefined,
    (error: Error) => error,
  );
  const sentence = `Port ${port} is taken. Stop what listens there, or choose another: PORT=8001 npm start`;
  t.equal(error?.message.split(sentence).length, 2, `${error?.message}`);
});

t.test('processes that cannot start any more end the server with their message', async (t) => {
  const port = await aFreePort();
  const cluster = await aCluster(t, { PORT: String(port) });
  const workers = cluster.workers();
  for (const pid of workers) process.kill(pid, 'SIGKILL');
  // The port is free from the end of the last process until another listens.
  const blocker = createServer();
  blocker.on('error', () => {});
  t.teardown(() => blocker.close());
  const isTaken = await eventually(async () => {
    const listening = once(blocker, 'listening').then(
      () => true,
      () => false,
    );
    blocker.listen(port, '127.0.0.1');
    return listening;
  });
  t.ok(isTaken, 'another program has taken the port');
  t.strictSame(await cluster.end('SIGCONT'), { code: 1, signal: null });
  t.match(cluster.output(), `No process could be started, 5 times in a row. Port ${port} is taken.`);
});
