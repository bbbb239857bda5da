import type { Page } from 'playwright-core';
import type { Test } from 'tap';
import { browserTest } from '../../support/browser/browser-test.ts';
import { aPrefixProxy } from '../../support/browser/prefix-proxy.ts';
import {
  addTask,
  as,
  checkOf,
  clientOf,
  dialogOf,
  isSent,
  newTask,
  remove,
  rename,
  rowOf,
  shownTitles,
  titlesOf,
} from '../../support/browser/task-page.ts';
import { eventually } from '../../support/processes/processes.ts';

const shows = async (t: Test, page: Page, titles: readonly string[], what: string) => {
  const isSo = async () => JSON.stringify(await shownTitles(page)) === JSON.stringify(titles);
  t.ok(await eventually(isSo, 10_000), `${what}: ${JSON.stringify(await shownTitles(page))}`);
};

browserTest('one line adds a task with a date, a priority and a tag', async (t, { open, server }) => {
  const page = await open('/', as('adder', server));
  await newTask(page).fill('Pay the rent tomorrow 9:00 !high #home');
  await page
    .getByText(/^tomorrow, 0?9:00$/)
    .first()
    .waitFor();
  await newTask(page).press('Enter');
  await isSent(page, 'Pay the rent');
  const row = await rowOf(page, 'Pay the rent').innerText();
  for (const fact of [/tomorrow, 0?9:00/, /High/, /#home/]) t.match(row, fact);
  t.equal(await newTask(page).inputValue(), '', 'the line is free for the next one');
  const { tasks } = await clientOf('adder', server).list();
  t.match(tasks, [{ title: 'Pay the rent', priority: 'high', tags: ['home'], due_date: /T09:00/ }]);
});

browserTest('a new visitor is demo, and may become somebody else', async (t, { open, server }) => {
  const page = await open();
  await page.getByText('Signed in as demo').waitFor();
  await page.getByText('Nothing to do yet').waitFor();
  await addTask(page, 'A task of demo');
  await isSent(page, 'A task of demo');
  await page.getByRole('combobox', { name: 'Another user' }).fill('ada');
  await page.getByRole('button', { name: 'Switch' }).click();
  await page.getByText('Signed in as ada').waitFor();
  await page.getByText('Nothing to do yet').waitFor();
  t.equal(await checkOf(page, 'A task of demo').count(), 0);
  t.strictSame(await titlesOf(clientOf('demo', server)), ['A task of demo']);
});

browserTest('a task is done, open again, edited where it is, and deleted with Undo', async (t, { open, server }) => {
  const client = clientOf('editor', server);
  const page = await open('/', as('editor', server));
  await addTask(page, 'Buy milk');
  await checkOf(page, 'Buy milk').click();
  await page.getByText('“Buy milk” is done.').first().waitFor();
  t.ok(await checkOf(page, 'Buy milk').isChecked());
  await isSent(page, 'Buy milk');
  t.match((await client.list()).tasks, [{ completed: true }]);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await page.getByRole('checkbox', { name: 'Buy milk', checked: false }).waitFor();

  await rename(page, 'Buy milk', 'Buy oat milk');
  await isSent(page, 'Buy oat milk');
  t.match((await client.list()).tasks, [{ title: 'Buy oat milk', completed: false }]);

  await remove(page, 'Buy oat milk');
  await page.getByText('“Buy oat milk” is deleted.').first().waitFor();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await isSent(page, 'Buy oat milk');
  t.ok(await eventually(async () => (await titlesOf(client)).join() === 'Buy oat milk', 10_000));
});

browserTest('tasks are filtered, searched and sorted', async (t, { open, server }) => {
  const page = await open('/', as('finder', server));
  await addTask(page, 'Call Bob today !low #phone', 'Call Bob');
  await addTask(page, 'Answer Ann tomorrow !urgent #mail', 'Answer Ann');
  await addTask(page, 'Draw');
  await shows(t, page, ['Call Bob', 'Answer Ann', 'Draw'], 'in their own order');

  await page.getByRole('button', { name: /^Today/ }).click();
  await shows(t, page, ['Call Bob'], 'due today');
  await page.getByRole('button', { name: /^All/ }).click();
  await page.getByRole('searchbox', { name: 'Search tasks' }).fill('ANSWER');
  await shows(t, page, ['Answer Ann'], 'found');
  await page.getByRole('searchbox', { name: 'Search tasks' }).fill('nothing like it');
  await page.getByText('No task matches').waitFor();
  await page.getByRole('button', { name: 'Show all tasks' }).click();

  await page.getByRole('combobox', { name: 'Order' }).selectOption('Title');
  await shows(t, page, ['Answer Ann', 'Call Bob', 'Draw'], 'by title');
  await page.getByRole('combobox', { name: 'Order' }).selectOption('Due date');
  await shows(t, page, ['Call Bob', 'Answer Ann', 'Draw'], 'by due date');
  await page.getByRole('combobox', { name: 'Order' }).selectOption('Priority');
  await shows(t, page, ['Answer Ann', 'Call Bob', 'Draw'], 'by priority');

  await page.getByRole('button', { name: 'Filter' }).click();
  await page.getByRole('combobox', { name: 'Tag' }).selectOption('#phone');
  await shows(t, page, ['Call Bob'], 'by tag');
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await checkOf(page, 'Draw').click();
  await page.getByRole('combobox', { name: 'Status' }).selectOption('Done');
  await shows(t, page, ['Draw'], 'done');
});

browserTest('what is deleted can be restored from the trash, or removed for good', async (t, { open, server }) => {
  const client = clientOf('thrower', server);
  const page = await open('/', as('thrower', server));
  for (const title of ['One', 'Two']) {
    await addTask(page, title);
    await isSent(page, title);
    await remove(page, title);
  }
  t.ok(await eventually(async () => (await client.trash()).tasks.length === 2, 10_000), 'both are sent');
  await page.getByRole('button', { name: 'Trash', exact: true }).click();
  const trash = dialogOf(page, 'Trash');
  await trash.getByRole('button', { name: 'Restore One' }).click();
  await trash.getByText('“One” is restored.').first().waitFor();
  await trash.getByRole('button', { name: 'Remove for good: Two' }).click();
  await dialogOf(page, 'Are you sure?').getByRole('button', { name: 'Remove for good' }).click();
  await trash.getByText('The trash is empty.').waitFor();
  await trash.getByRole('button', { name: 'Close', exact: true }).click();
  await checkOf(page, 'One').waitFor();
  t.strictSame(await titlesOf(client), ['One']);
  t.strictSame((await client.trash()).tasks, []);
});

browserTest('the page works under a path', async (t, { open, server }) => {
  const url = await aPrefixProxy(t, server.url, '/svc');
  const page = await open(url, as('guest', { url }));
  await page.getByText('Signed in as guest').waitFor();
  await addTask(page, 'Added under a path');
  await isSent(page, 'Added under a path');
  const client = clientOf('guest', server);
  t.strictSame(await titlesOf(client), ['Added under a path']);
  await client.create({ title: 'From elsewhere' });
  await checkOf(page, 'From elsewhere').waitFor();
  await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
  await page.reload();
  await checkOf(page, 'From elsewhere').waitFor();
});
