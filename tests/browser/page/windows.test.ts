import type { Page, Request } from 'playwright-core';
import type { Test } from 'tap';
import { browserTest } from '../../support/browser/browser-test.ts';
import { addTask, as, checkOf, clientOf, isSent, newTask, remove, rename } from '../../support/browser/task-page.ts';
import { eventually } from '../../support/processes/processes.ts';

const bound = 2_000;

/** Measures from the response to a change until another window shows it. */
const timeOf = async (from: Page, method: string, act: () => Promise<void>, seen: () => Promise<void>) => {
  // Windows share what is not sent: any of them may send it.
  const responded = from
    .context()
    .waitForEvent('response', (one) => one.request().method() === method && one.url().includes('/api/tasks'))
    .then(() => performance.now());
  const shown = seen().then(() => performance.now());
  await act();
  return Math.max(0, (await shown) - (await responded));
};

/** Does four changes in one window and waits for each in the other. */
const follows = async (t: Test, from: Page, to: Page, title: string, what: string) => {
  const next = `${title} again`;
  const see = (state: 'attached' | 'detached', name: string, checked?: boolean) => () =>
    to.getByRole('checkbox', { name, exact: true, ...(checked !== undefined && { checked }) }).waitFor({ state });
  const add = async () => {
    await newTask(from).fill(title);
    await newTask(from).press('Enter');
  };
  const toggle = () => checkOf(from, next).click();
  const times = {
    added: await timeOf(from, 'POST', add, see('attached', title)),
    renamed: await timeOf(from, 'POST', () => rename(from, title, next), see('attached', next)),
    done: await timeOf(from, 'POST', toggle, see('attached', next, true)),
    deleted: await timeOf(from, 'POST', () => remove(from, next), see('detached', next)),
  };
  const text = Object.entries(times).map(([change, time]) => `${change} ${Math.round(time)} ms`);
  t.comment(`${what}: seen after its response: ${text.join(', ')}`);
  t.ok(Math.max(...Object.values(times)) <= bound, what);
};

const ready = async (...pages: Page[]) => {
  for (const page of pages) await page.getByText('0 tasks, 0 open').waitFor();
};

browserTest('two windows of one person show each other’s changes at once', async (t, { open, server }) => {
  const one = await open('/', as('twin', server));
  const other = await one.context().newPage();
  await other.goto('/');
  await ready(one, other);
  await follows(t, one, other, 'Left', 'from the first window to the second');
  await follows(t, other, one, 'Right', 'from the second window to the first');
});

browserTest('two browsers on one account show each other’s changes at once', async (t, { open, server }) => {
  const one = await open('/', as('roamer', server));
  const other = await open('/', as('roamer', server));
  await ready(one, other);
  await follows(t, one, other, 'Desk', 'from the first browser to the second');
  await follows(t, other, one, 'Phone', 'from the second browser to the first');
});

browserTest('seven tabs share one stream, and another request still works', async (t, { profile, server }) => {
  const context = await profile(as('collector', server));
  const streams = new Set<Request>();
  context.on('request', (request) => request.url().includes('/events') && streams.add(request));
  context.on('requestfinished', (request) => streams.delete(request));
  context.on('requestfailed', (request) => streams.delete(request));
  // A request of a tab that is closed has no end.
  const open = () => [...streams].filter((request) => !request.frame().page().isClosed());
  const tabs: Page[] = [];
  for (let tab = 1; tab <= 7; tab += 1) {
    const page = await context.newPage();
    await page.goto('/');
    await ready(page);
    tabs.push(page);
  }
  const [first, last] = [tabs[0] as Page, tabs[6] as Page];
  await addTask(last, 'From the last tab');
  await isSent(last, 'From the last tab');
  for (const page of tabs) await checkOf(page, 'From the last tab').waitFor();
  await clientOf('collector', server).create({ title: 'From elsewhere' });
  const begin = performance.now();
  await Promise.all(tabs.map((page) => checkOf(page, 'From elsewhere').waitFor()));
  t.comment(`seen in seven tabs: ${Math.round(performance.now() - begin)} ms after its response`);
  t.equal(open().length, 1, 'one stream is open');
  t.equal(await last.evaluate(`fetch('health').then(({ status }) => status)`), 200);

  await first.close();
  await clientOf('collector', server).create({ title: 'After the first tab' });
  for (const page of tabs.slice(1)) await checkOf(page, 'After the first tab').waitFor();
  t.ok(await eventually(() => open().length === 1, 10_000), 'another tab has taken the stream over');
});
