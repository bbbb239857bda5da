import t, { type Test } from 'tap';
import { aUser } from '../support/builders.ts';
import { aToken } from '../support/http/tokens.ts';
import { sharedDatabaseUrl } from '../support/postgres/database.ts';
import { type ApiProcess, anApiProcess, eventually, jsonLinesOf } from '../support/processes/processes.ts';
import { aCollector, type ReceivedSpan } from './collector.ts';

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const [, callersTrace, callersSpan] = traceparent.split('-');

/** An API whose traces a collector takes. */
const aTracedApi = async (t: Test, env: Readonly<Record<string, string>> = {}, status = 200) => {
  const collector = await aCollector(t, status);
  const api = await anApiProcess(t, await sharedDatabaseUrl(t), {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    WEB_APP: 'false',
    ...env,
  });
  return { api, collector };
};

const aClient = (api: ApiProcess, userId: string) => {
  const authorization = `Bearer ${aToken({ sub: userId })}`;
  return (method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${api.url}${path}`, {
      method,
      headers: { authorization, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
};

const childrenOf = (spans: readonly ReceivedSpan[], { spanId }: ReceivedSpan): ReceivedSpan[] =>
  spans.filter(({ parentSpanId }) => parentSpanId === spanId);

const named = (spans: readonly ReceivedSpan[], name: string): ReceivedSpan[] =>
  spans.filter((span) => span.name === name);

t.test('a trace leads from the caller to the request and to what it sent to the database', async (t) => {
  const { api, collector } = await aTracedApi(t, {
    OTEL_SERVICE_NAME: 'tasks-of-test',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
    OTEL_EXPORTER_OTLP_HEADERS: 'x-key=of-the-test',
  });
  const user = aUser();
  const call = aClient(api, user);
  const created = await call('POST', '/api/tasks', { title: 'Buy milk' }, { traceparent });
  t.equal(created.status, 201);
  const { id } = ((await created.json()) as { data: { id: number } }).data;
  await call('GET', `/api/${encodeURIComponent(user)}/tasks?search=of-the-query`);
  await call('PATCH', `/api/tasks/${id}`, { title: 'Buy bread' });
  await call('GET', '/api/tasks/404404');
  await call('GET', '/no/such/path');
  await fetch(`${api.url}/health`);
  await api.end('SIGTERM');

  t.match(collector.messages, [{ path: '/v1/traces', headers: { 'x-key': 'of-the-test' } }]);
  const [create, ...others] = named(collector.spans, 'POST /api/tasks') as [ReceivedSpan];
  t.strictSame(others, [], 'one span for the request');
  t.match(create, {
    traceId: callersTrace,
    parentSpanId: callersSpan,
    kind: 2,
    status: 0,
    attributes: {
      'http.request.method': 'POST',
      'http.route': '/api/tasks',
      'http.response.status_code': 201,
      'enduser.pseudo.id': /^[\da-f]{16}$/,
    },
    resource: { 'service.name': 'tasks-of-test', 'deployment.environment.name': 'test', 'service.version': '0.1.0' },
  });
  const roundTrips = childrenOf(collector.spans, create);
  t.match(roundTrips, [
    {
      traceId: callersTrace,
      name: 'database writing',
      kind: 3,
      attributes: { 'db.system.name': 'postgresql', 'taskward.db.requests': 1 },
    },
  ]);
  t.ok((roundTrips[0]?.milliseconds ?? 0) > 0 && (roundTrips[0] as ReceivedSpan).milliseconds <= create.milliseconds);

  const [read] = named(collector.spans, 'GET /api/:user_id/tasks') as [ReceivedSpan];
  t.notOk(read.parentSpanId, 'without a caller’s trace it is a root');
  t.not(read.traceId, callersTrace);
  t.equal(read.attributes['enduser.pseudo.id'], create.attributes['enduser.pseudo.id'], 'one user, one hash');
  t.ok(childrenOf(collector.spans, read).length > 0);
  const [patch] = named(collector.spans, 'PATCH /api/tasks/:id') as [ReceivedSpan];
  t.strictSame(
    childrenOf(collector.spans, patch).map(({ name }) => name),
    ['database reading', 'database writing'],
    'an update reads, then writes: after its body was read',
  );

  const missing = named(collector.spans, 'GET /api/tasks/:id').at(-1);
  t.match(missing, { status: 0, attributes: { 'http.response.status_code': 404, 'error.type': 'task/not-found' } });
  t.match(named(collector.spans, 'GET'), [{ attributes: { 'http.response.status_code': 404 } }], 'no such path');
  t.notMatch(collector.spans, [{ name: /health/ }], 'health checks are not traced');

  const all = JSON.stringify(collector.spans);
  for (const secret of [user, 'eyJ', 'Buy milk', 'Buy bread', 'of-the-query', 'no/such'])
    t.notOk(all.includes(secret), `${secret} is in no span`);

  const lines = jsonLinesOf(api.output()).filter(({ msg }) => msg === 'request');
  t.match(
    lines.find(({ method }) => method === 'POST'),
    { trace_id: callersTrace, span_id: create.spanId, status: 201 },
    'the line in the log names the trace',
  );
  t.notOk(lines.find(({ path }) => path === '/health')?.trace_id, 'health checks have none');
});

t.test('what the caller or the sampler leaves out is not recorded, and still named in the log', async (t) => {
  const { api, collector } = await aTracedApi(t);
  const call = aClient(api, aUser());
  await call('GET', '/api/tasks', undefined, { traceparent: traceparent.replace(/1$/, '0') });
  t.ok(await eventually(() => jsonLinesOf(api.output()).some(({ trace_id }) => trace_id === callersTrace)));
  await api.end('SIGTERM');
  t.strictSame(collector.spans, []);

  const off = await aTracedApi(t, { OTEL_TRACES_SAMPLER: 'always_off' });
  await aClient(off.api, aUser())('GET', '/api/tasks', undefined, { traceparent });
  await off.api.end('SIGTERM');
  t.strictSame(off.collector.spans, []);
});

t.test('a round trip that requests share has a span in the trace of each, linked to the first', async (t) => {
  const { api, collector } = await aTracedApi(t);
  const calls = Array.from({ length: 20 }, () => aClient(api, aUser()));
  for (let round = 0; round < 5; round += 1) await Promise.all(calls.map((call) => call('GET', '/api/tasks')));
  await api.end('SIGTERM');

  const requests = named(collector.spans, 'GET /api/tasks');
  t.equal(requests.length, 100);
  const roundTrips = requests.map((request) => childrenOf(collector.spans, request));
  t.ok(
    roundTrips.every(({ length }) => length === 1),
    'each request has its own, whoever it shares with',
  );
  const linked = roundTrips.flat().filter(({ links }) => links.length > 0);
  t.ok(linked.length > 0, 'some were shared');
  for (const { links, attributes, traceId } of linked) {
    const first = collector.spans.find(({ spanId }) => spanId === links[0]?.spanId);
    t.match(first, {
      name: 'database reading',
      attributes: { 'taskward.db.requests': attributes['taskward.db.requests'] },
    });
    t.not(first?.traceId, traceId, 'in the trace of another request');
  }
});

t.test('a traceparent that is none is ignored', async (t) => {
  const { api, collector } = await aTracedApi(t);
  const call = aClient(api, aUser());
  const wrong = ['', 'x', '00-0-0-01', `00-${'0'.repeat(32)}-${'0'.repeat(16)}-01`, 'eyJ'.repeat(2_000)];
  for (const one of wrong) t.equal((await call('GET', '/api/tasks', undefined, { traceparent: one })).status, 200);
  await api.end('SIGTERM');
  t.equal(named(collector.spans, 'GET /api/tasks').filter(({ parentSpanId }) => !parentSpanId).length, wrong.length);
});
