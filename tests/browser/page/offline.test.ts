import type { Route } from 'playwright-core';
import { browserTest } from '../../support/browser/browser-test.ts';
import {
  addTask,
  as,
  checkOf,
  clientOf,
  isSent,
  newTask,
  remove,
  rename,
  titlesOf,
} from '../../support/browser/task-page.ts';
import { eventually } from '../../support/processes/processes.ts';

const noNetwork = /ERR_INTERNET_DISCONNECTED|ERR_FAILED/;

browserTest('what is done offline outlasts a reload and is sent once', async (t, { open, server, faults }) => {
  faults.expect(noNetwork);
  const client = clientOf('sailor', server);
  const page = await open('/', as('sailor', server));
  await page.getByText('0 tasks, 0 open').waitFor();
  for (const title of ['Keep', 'Change', 'Finish', 'Drop']) await client.create({ title });
  for (const title of ['Keep', 'Change', 'Finish', 'Drop']) await checkOf(page, title).waitFor();
  await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
  const { revision: before } = await client.get((await client.list({ search: 'Keep' })).tasks[0]?.id ?? 0);

  await page.context().setOffline(true);
  const said = (count: string) => page.getByText(new RegExp(`You are offline.*${count} not sent yet`));
  await page.getByText('You are offline.').waitFor();
  await addTask(page, 'Add');
  await said('1 task').waitFor();
  await rename(page, 'Change', 'Changed');
  await said('2 tasks').waitFor();
  await checkOf(page, 'Finish').click();
  await remove(page, 'Drop');
  await said('4 tasks').waitFor();
  await newTask(page).fill('Not added y');
  await newTask(page).press('e');

  await page.reload();
  for (const title of ['Keep', 'Changed', 'Add']) await checkOf(page, title).waitFor();
  await page.getByRole('checkbox', { name: 'Finish', checked: true }).waitFor();
  t.equal(await checkOf(page, 'Drop').count(), 0);
  t.equal(await newTask(page).inputValue(), 'Not added ye', 'what was typed and not added is there');
  await page.getByText('You are offline.').waitFor();
  t.strictSame(await titlesOf(client), ['Keep', 'Change', 'Finish', 'Drop'], 'nothing is sent');

  await page.context().setOffline(false);
  for (const title of ['Add', 'Changed', 'Finish']) await isSent(page, title);
  await page.getByText('You are offline.').waitFor({ state: 'detached' });
  const isAll = async () => (await titlesOf(client)).join() === 'Keep,Changed,Finish,Add';
  t.ok(await eventually(isAll, 10_000), (await titlesOf(client)).join());
  const { tasks } = await client.list();
  t.ok(tasks.find(({ title }) => title === 'Finish')?.completed);
  const last = Math.max(...tasks.map(({ revision }) => revision), (await client.trash()).tasks[0]?.revision ?? 0);
  // Each of the owner's changes counts one: two would have counted more.
  t.equal(last - before, 3 + 4, 'each change was made once');
});

browserTest('a task that was on its way when the network went is not added twice', async (t, page) => {
  const { open, server, faults } = page;
  faults.expect(noNetwork, /ERR_CONNECTION_RESET/);
  const client = clientOf('traveller', server);
  const window = await open('/', as('traveller', server));
  await window.getByText('0 tasks, 0 open').waitFor();
  let lost = 0;
  // The server takes it, and its response never arrives. A reload ends what is on its way.
  const lose = async (route: Route) => {
    await route.fetch();
    lost += 1;
    await route.abort('connectionreset');
  };
  await window.route('**/api/tasks/batch', (route) => lose(route).catch(() => {}));
  await newTask(window).fill('Once');
  await newTask(window).press('Enter');
  t.ok(await eventually(async () => (await titlesOf(client)).length === 1, 10_000), 'the server has it');
  await window.reload();
  await checkOf(window, 'Once').waitFor();
  await window.unroute('**/api/tasks/batch');
  await isSent(window, 'Once');
  t.ok(lost > 0);
  t.strictSame(await titlesOf(client), ['Once']);
});

browserTest('a page that was opened once opens without a network', async (t, { open, server, faults }) => {
  faults.expect(noNetwork);
  const page = await open('/', as('hermit', server));
  await addTask(page, 'Remember');
  await isSent(page, 'Remember');
  await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
  await page.context().setOffline(true);
  const other = await page.context().newPage();
  await other.goto('/');
  await checkOf(other, 'Remember').waitFor();
  await addTask(other, 'Added in the second window');
  await checkOf(page, 'Added in the second window').waitFor();
  t.pass('both windows share what is kept');
  await page.context().setOffline(false);
  await isSent(page, 'Added in the second window');
});

browserTest('what is done to a task before all tasks are read is kept', async (t, { profile, server, faults }) => {
  faults.expect(noNetwork, /ERR_CONNECTION_RESET/);
  const client = clientOf('early', server);
  const { id } = await client.create({ title: 'Shown' });
  const context = await profile(as('early', server));
  let isCut = true;
  await context.route('**/api/tasks/changes*', (route) => (isCut ? route.abort('connectionreset') : route.continue()));
  const page = await context.newPage();
  await page.goto('/');
  await checkOf(page, 'Shown').waitFor();
  await context.setOffline(true);
  await page.getByText('You are offline.').waitFor();
  await rename(page, 'Shown', 'Changed early');
  await page.getByText('1 task not sent yet').waitFor();
  isCut = false;
  await context.setOffline(false);
  await isSent(page, 'Changed early');
  t.equal((await client.get(id)).title, 'Changed early');
});
