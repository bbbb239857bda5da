import t, { type Test } from 'tap';
import { aUser } from '../support/builders.ts';
import { aToken, secret } from '../support/http/tokens.ts';
import { ownMigratedDatabase, sqlOn } from '../support/postgres/database.ts';
import { anApiProcess, jsonLinesOf } from '../support/processes/processes.ts';

const user = aUser();
const other = aUser();
const wrong = aToken({ sub: user }, { key: 'another secret, which is 40 bytes or more' });
const planted = {
  title: 'planted-title-of-a-task',
  description: 'planted-description',
  search: 'planted-search',
  'title that the database refuses': 'planted-refused',
  token: aToken({ sub: user }),
  'rejected token': wrong,
  'signature of a token': wrong.split('.')[2] as string,
  'session token': 'planted-session-token-of-32-char',
  secret,
  'secret of webhooks': 'planted-secret-of-webhooks',
};

/** Which of what was planted is in a log. */
const leaksIn = (log: string): string[] =>
  Object.entries(planted).flatMap(([what, text]) => (log.includes(text) ? [what] : []));

/** Has the API do everything that could bring a secret into its log. @returns the log */
const logOf = async (t: Test, env: Readonly<Record<string, string>> = {}): Promise<string> => {
  const { url, database } = await ownMigratedDatabase(t);
  await sqlOn(database)(`alter table taskward.tasks add check (title <> 'planted-refused') not valid`);
  const api = await anApiProcess(t, url, {
    LOG_LEVEL: 'TRACE',
    AUTH_COOKIE: 'taskward.token',
    WEBHOOK_SECRET: planted['secret of webhooks'],
    WEB_APP: 'false',
    ...env,
  });
  // What is said at the start, to a developer, has a token to try.
  const start = api.output().length;
  const call = (method: string, path: string, headers: Record<string, string>, body?: unknown) =>
    fetch(`${api.url}${path}`, {
      method,
      headers: { ...headers, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const own = { authorization: `Bearer ${planted.token}` };
  const { title, description, search } = planted;
  const statuses = [
    await call('POST', '/api/tasks', { ...own, 'x-request-id': planted.token }, { title, description }),
    await call('POST', '/api/tasks', own, { title, unknown: description, priority: search }),
    await call('POST', '/api/tasks', own, `${title} that is no task`),
    await call('POST', '/api/tasks', own, { title: planted['title that the database refuses'] }),
    await call('POST', '/api/tasks', { ...own, 'idempotency-key': 'k' }, { title }),
    await call('GET', `/api/tasks?search=${search}&cursor=${title}`, own),
    await call('GET', '/api/tasks', { cookie: `taskward.token=${planted.token}` }),
    await call('GET', `/api/${encodeURIComponent(other)}/tasks`, own),
    await call('GET', `/api/${planted.token}/tasks`, own),
    await call('GET', '/api/tasks', { authorization: `Bearer ${wrong}` }),
    await call('GET', '/api/tasks', { authorization: `Bearer ${planted['session token']}` }),
    await call('POST', '/mcp', own, { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: title } }),
  ].map(({ status }) => status);
  t.strictSame(statuses.slice(0, 3), [201, 422, 422], 'it did so');
  t.ok(statuses[3] === 500 || statuses[3] === 503, 'the database refused a title');
  await api.end('SIGTERM');
  const log = api.output().slice(start);
  t.ok(jsonLinesOf(log).length >= statuses.length, 'a line for each request at least');
  return log;
};

t.test('no token, secret, title or search is in the log, also where traces cannot be sent', async (t) => {
  t.strictSame(leaksIn(await logOf(t, { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' })), []);
});

// One fault beside the log, and one in it.
const faults = `import { subscribe } from 'node:diagnostics_channel';
  import { registerHooks } from 'node:module';
  subscribe('http.server.request.start', ({ request }) => console.log(request.headers.authorization));
  registerHooks({ load(url, context, next) {
    const loaded = next(url, context);
    if (!url.endsWith('/plugins/request-log.ts')) return loaded;
    return { ...loaded, source: String(loaded.source).replace('path: loggedPath(request.originalUrl)', 'path: request.originalUrl, body: request.body') };
  } });`;

t.test('planted leaks are seen', async (t) => {
  const found = leaksIn(
    await logOf(t, { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(faults)}` }),
  );
  t.strictSame(found, [
    'title',
    'description',
    'search',
    'title that the database refuses',
    'token',
    'rejected token',
    'signature of a token',
    'session token',
  ]);
});
