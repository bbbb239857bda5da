import { browserTest } from '../../support/browser/browser-test.ts';
import { addTask, as, checkOf, clientOf, isSent, titlesOf } from '../../support/browser/task-page.ts';
import { aWebServer } from '../../support/browser/web-server.ts';
import { aToken } from '../../support/http/tokens.ts';
import { eventually } from '../../support/processes/processes.ts';

browserTest('a token that expires while the page is open is renewed unnoticed', async (t, inBrowser) => {
  const { profile, server, faults } = inBrowser;
  faults.expect(/status of 401/);
  const client = clientOf('lingerer', server);
  const context = await profile(as('lingerer', server));
  const now = Math.floor(Date.now() / 1000);
  // It says that it holds for an hour, which is over in four seconds. The API allows clocks to differ by a minute.
  const expiring = aToken({ sub: 'lingerer', iat: now - 3656, exp: now - 56 });
  let issued = 0;
  await context.route('**/dev/token', (route) => {
    issued += 1;
    return route.fulfill({ json: { token: issued === 1 ? expiring : server.tokenOf('lingerer') } });
  });
  const page = await context.newPage();
  await page.goto('/');
  await addTask(page, 'Before');
  await isSent(page, 'Before');
  t.equal(issued, 1);
  const isExpired = async () => {
    const headers = { authorization: `Bearer ${expiring}` };
    return (await fetch(new URL('/api/tasks', server.url), { headers })).status === 401;
  };
  t.ok(await eventually(isExpired, 20_000), 'the token has expired');
  await addTask(page, 'After');
  await isSent(page, 'After');
  t.strictSame(await titlesOf(client), ['Before', 'After']);
  t.ok(issued >= 2, 'another token was issued');
  await client.create({ title: 'From elsewhere' });
  await checkOf(page, 'From elsewhere').waitFor();
  for (const alarm of ['Sign in again', 'Try again', 'Try now']) t.equal(await page.getByText(alarm).count(), 0, alarm);
});

browserTest('no tokens for a while: what is done is kept, and sent when there are', async (t, inBrowser) => {
  const { profile, server, faults } = inBrowser;
  faults.expect(/status of (401|503)/);
  const context = await profile(as('patient', server));
  let areIssued = true;
  const now = Math.floor(Date.now() / 1000);
  await context.route('**/dev/token', (route) =>
    areIssued
      ? route.fulfill({ json: { token: aToken({ sub: 'patient', iat: now, exp: now + 20 }) } })
      : route.fulfill({ status: 503, json: { error: 'Too busy to issue tokens.' } }),
  );
  const page = await context.newPage();
  await page.goto('/');
  await addTask(page, 'Before');
  await isSent(page, 'Before');
  areIssued = false;
  await addTask(page, 'Meanwhile');
  areIssued = true;
  await isSent(page, 'Meanwhile');
  t.strictSame(await titlesOf(clientOf('patient', server)), ['Before', 'Meanwhile']);
});

browserTest('the server stops and starts: the page says so, keeps what is done, and recovers', async (t, inBrowser) => {
  const { open, faults } = inBrowser;
  faults.expect(/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET/);
  faults.expect(/status of 50[23]/);
  const server = await aWebServer(t);
  const page = await open(server.url, as('survivor', server));
  await addTask(page, 'Before');
  await isSent(page, 'Before');
  await server.stop();
  await addTask(page, 'While it is gone');
  await page.getByText(/The server gives no answer.*1 task not sent yet/).waitFor();
  await page.reload();
  await checkOf(page, 'While it is gone').waitFor();
  await page.getByText(/The server gives no answer.*1 task not sent yet/).waitFor();
  await server.start();
  const begin = performance.now();
  await isSent(page, 'While it is gone');
  t.comment(`sent ${Math.round(performance.now() - begin)} ms after the server was back`);
  await page.getByText('The server gives no answer.').waitFor({ state: 'detached' });
  t.strictSame(await titlesOf(clientOf('survivor', server)), ['Before', 'While it is gone']);
  await clientOf('survivor', server).create({ title: 'From elsewhere' });
  await checkOf(page, 'From elsewhere').waitFor();
});

browserTest(
  'the server stops and starts while nothing is done: two windows say so, and recover',
  async (t, inBrowser) => {
    const { open, faults } = inBrowser;
    faults.expect(/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET/);
    const server = await aWebServer(t);
    const page = await open(server.url, as('idler', server));
    const other = await page.context().newPage();
    await other.goto(server.url);
    for (const window of [page, other]) await window.getByText('0 tasks, 0 open').waitFor();
    // Both follow what is changed elsewhere from here on.
    await clientOf('idler', server).create({ title: 'From elsewhere' });
    for (const window of [page, other]) await checkOf(window, 'From elsewhere').waitFor();
    await server.stop();
    const begin = performance.now();
    for (const window of [page, other]) await window.getByText('The server gives no answer.').waitFor();
    t.comment(`said ${Math.round(performance.now() - begin)} ms after the server had stopped`);
    await server.start();
    for (const window of [page, other])
      await window.getByText('The server gives no answer.').waitFor({ state: 'detached' });
    t.pass('both have recovered');
  },
);

browserTest('a rate limit: the page says so, and goes on by itself', async (t, { open, faults }) => {
  faults.expect(/status of 429/);
  const server = await aWebServer(t, { RATE_LIMIT_MAX: '20', RATE_LIMIT_WINDOW: '20' });
  const page = await open(server.url, as('hasty', server));
  await addTask(page, 'Before');
  await isSent(page, 'Before');
  // The client waits out what passes in ten seconds, and nobody notices.
  const isLimited = async () => {
    const headers = { authorization: `Bearer ${server.tokenOf('hasty')}` };
    const response = await fetch(new URL('/api/tasks', server.url), { headers });
    return response.status === 429 && Number(response.headers.get('retry-after')) > 15;
  };
  t.ok(await eventually(isLimited, 60_000));
  await addTask(page, 'Meanwhile');
  await page.getByText(/^These were many requests at once.*1 task not sent yet/).waitFor();
  await isSent(page, 'Meanwhile');
  await page.getByText(/^These were many requests at once/).waitFor({ state: 'detached' });
  t.pass('it is sent, without anything being done');
});
