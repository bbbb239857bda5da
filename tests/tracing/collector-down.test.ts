import t from 'tap';
import { aUser } from '../support/builders.ts';
import { aToken } from '../support/http/tokens.ts';
import { sharedDatabaseUrl } from '../support/postgres/database.ts';
import { aFreePort, anApiProcess, eventually, jsonLinesOf } from '../support/processes/processes.ts';
import { aCollector } from './collector.ts';

// Above all libraries: whoever imports or requires one is seen.
const watcher = `import { registerHooks } from 'node:module';
registerHooks({ resolve(name, context, next) {
  if (name.startsWith('@opentelemetry/')) console.error('loaded ' + name);
  return next(name, context);
} });`;
const watching = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(watcher)}` };

const shutdownMilliseconds = 6_000;

t.test('without an endpoint nothing of OpenTelemetry is loaded', async (t) => {
  const url = await sharedDatabaseUrl(t);
  const api = await anApiProcess(t, url, watching);
  t.equal((await fetch(`${api.url}/health`, { headers: { traceparent: 'x' } })).status, 200);
  await api.end('SIGTERM');
  t.notMatch(api.output(), 'loaded @opentelemetry/');

  const { url: collector } = await aCollector(t);
  const traced = await anApiProcess(t, url, { ...watching, OTEL_EXPORTER_OTLP_ENDPOINT: collector });
  await traced.end('SIGTERM');
  t.match(traced.output(), 'loaded @opentelemetry/sdk-trace', 'with one, this check sees it');
});

const collectors = {
  'that refuses connections': async () => `http://127.0.0.1:${await aFreePort()}`,
  'that answers 503': async () => (await aCollector(t, 503)).url,
};

for (const [what, start] of Object.entries(collectors)) {
  t.test(`a collector ${what} affects no request, and is reported once`, async (t) => {
    const url = await sharedDatabaseUrl(t);
    const api = await anApiProcess(t, url, {
      OTEL_EXPORTER_OTLP_ENDPOINT: await start(),
      OTEL_EXPORTER_OTLP_TIMEOUT: '500',
      RATE_LIMIT_MAX: 'off',
    });
    const headers = { authorization: `Bearer ${aToken({ sub: aUser() })}` };
    const isReported = () => jsonLinesOf(api.output()).some(({ msg }) => /^Traces cannot be sent/.test(String(msg)));
    let requests = 0;
    const statuses = new Set<number>();
    // Until it was noticed, and as many again: more spans than a batch has.
    const ask = async () => {
      for (let left = 50; left > 0; left -= 1) statuses.add((await fetch(`${api.url}/api/tasks`, { headers })).status);
      requests += 50;
      return isReported();
    };
    t.ok(await eventually(ask), 'it is reported');
    for (let left = 10; left > 0; left -= 1) await ask();
    t.strictSame([...statuses], [200], `${requests} requests`);

    const since = performance.now();
    await api.end('SIGTERM');
    t.ok(performance.now() - since < shutdownMilliseconds, 'the shutdown does not wait for it');
    const reports = jsonLinesOf(api.output()).filter(({ msg }) => /^Traces/.test(String(msg)));
    t.equal(reports.length, 1);
    t.match(reports, [{ level: 40, msg: /OTEL_EXPORTER_OTLP_ENDPOINT/, lost: Number }]);
  });
}
