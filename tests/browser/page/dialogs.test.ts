import type { Page } from 'playwright-core';
import type { Test } from 'tap';
import { axeInAllViews } from '../../support/browser/axe-views.ts';
import { browserTest } from '../../support/browser/browser-test.ts';
import { addTask, as, checkOf, clientOf, dialogOf, isSent, remove, rename } from '../../support/browser/task-page.ts';

const isClean = async (t: Test, page: Page, name: string) => {
  await dialogOf(page, name).waitFor();
  t.strictSame(await axeInAllViews(page), [], name);
};

browserTest('axe · settings, keys, the trash, and a question', async (t, { open, server }) => {
  const page = await open('/', as('opener', server));
  await addTask(page, 'Thrown away');
  await isSent(page, 'Thrown away');
  await remove(page, 'Thrown away');
  for (const name of ['Settings', 'Keyboard']) {
    await page.getByRole('button', { name, exact: true }).click();
    await isClean(t, page, name);
    await page.keyboard.press('Escape');
  }
  await page.getByText('“Thrown away” is deleted.').first().waitFor();
  await page.getByRole('button', { name: 'Trash', exact: true }).click();
  await page.getByRole('button', { name: 'Restore Thrown away' }).waitFor();
  await isClean(t, page, 'Trash');
  await page.getByRole('button', { name: 'Empty the trash…' }).click();
  await isClean(t, page, 'Are you sure?');
});

browserTest('axe · the details and the history of a task', async (t, { open, server }) => {
  const page = await open('/', as('detailer', server));
  await addTask(page, 'Pay the rent tomorrow 9:00 !high #home every week', 'Pay the rent');
  await isSent(page, 'Pay the rent');
  await page.getByRole('button', { name: 'Details: Pay the rent' }).click();
  const details = dialogOf(page, 'Details');
  await details.getByLabel('Before it is due').selectOption('1 day before');
  await details.getByLabel('Day', { exact: true }).fill('2027-01-29');
  await isClean(t, page, 'Details');
  await details.getByLabel('Title', { exact: true }).fill('');
  await details.getByRole('button', { name: 'Save' }).click();
  await details.getByRole('alert').getByText(/title/i).waitFor();
  await isClean(t, page, 'Details');
  await details.getByRole('button', { name: 'Cancel' }).click();
  await rename(page, 'Pay the rent', 'Pay the whole rent');
  await isSent(page, 'Pay the whole rent');
  await page.getByRole('button', { name: 'Details: Pay the whole rent' }).click();
  await details.getByRole('button', { name: 'History' }).click();
  await dialogOf(page, 'History').getByText('Created').waitFor();
  await isClean(t, page, 'History');
});

browserTest('axe · a conflict', async (t, { open, server, faults }) => {
  faults.expect(/ERR_INTERNET_DISCONNECTED/);
  const client = clientOf('rival', server);
  const page = await open('/', as('rival', server));
  await page.getByText('0 tasks, 0 open').waitFor();
  const { id } = await client.create({ title: 'Report' });
  await checkOf(page, 'Report').waitFor();
  await page.context().setOffline(true);
  await page.getByText('You are offline.').waitFor();
  await rename(page, 'Report', 'Report of mine');
  await client.update(id, { title: 'Report of theirs' });
  await page.context().setOffline(false);
  await isClean(t, page, 'Two versions');
  await dialogOf(page, 'Two versions').getByRole('button', { name: 'Decide later' }).click();
  await page.getByText('1 field changed here and elsewhere.').waitFor();
  t.strictSame(await axeInAllViews(page), [], 'a decision that waits');
});
