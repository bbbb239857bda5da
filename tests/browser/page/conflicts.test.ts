import type { Page } from 'playwright-core';
import { browserTest, type InBrowser } from '../../support/browser/browser-test.ts';
import { as, checkOf, clientOf, dialogOf, isSent, rename, titlesOf } from '../../support/browser/task-page.ts';
import { eventually } from '../../support/processes/processes.ts';

/** Changes the title of one task here, without a network, and elsewhere; then lets the network come back. */
const conflict = async (user: string, { open, server, faults }: InBrowser) => {
  faults.expect(/ERR_INTERNET_DISCONNECTED/);
  const client = clientOf(user, server);
  const page = await open('/', as(user, server));
  await page.getByText('0 tasks, 0 open').waitFor();
  const { id } = await client.create({ title: 'Report', priority: 'low' });
  await checkOf(page, 'Report').waitFor();
  await page.context().setOffline(true);
  await page.getByText('You are offline.').waitFor();
  await rename(page, 'Report', 'Report of mine');
  await client.update(id, { title: 'Report of theirs', priority: 'high' });
  await page.context().setOffline(false);
  return { client, page, id };
};

const twoVersions = async (page: Page) => {
  const dialog = dialogOf(page, 'Two versions');
  await dialog.getByRole('radio', { name: /^Mine\s*Report of mine$/ }).waitFor();
  await dialog.getByRole('radio', { name: /^Theirs\s*Report of theirs$/ }).waitFor();
  return dialog;
};

for (const { side, title } of [
  { side: 'Mine', title: 'Report of mine' },
  { side: 'Theirs', title: 'Report of theirs' },
]) {
  browserTest(`a field changed here and elsewhere: ${side} is kept`, async (t, inBrowser) => {
    const { client, page, id } = await conflict(`keeper of ${side}`.replaceAll(' ', '-'), inBrowser);
    const dialog = await twoVersions(page);
    t.equal((await client.get(id)).title, 'Report of theirs', 'nothing is overwritten before it is decided');
    await dialog.getByRole('radio', { name: new RegExp(`^${side}`) }).check();
    await dialog.getByRole('button', { name: 'Keep what is chosen' }).click();
    await dialog.getByText('Everything is decided.').waitFor();
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
    await isSent(page, title);
    t.ok(await eventually(async () => (await client.get(id)).title === title, 10_000), 'the server has the outcome');
    t.equal((await client.get(id)).priority, 'high', 'what was changed elsewhere only stays');
    t.equal(await page.getByText(/changed here and elsewhere/).count(), 0);
  });
}

browserTest('a decision can wait, and is there after a reload', async (t, inBrowser) => {
  const { client, page } = await conflict('hesitant', inBrowser);
  const dialog = await twoVersions(page);
  await dialog.getByRole('button', { name: 'Decide later' }).click();
  await page.getByText('1 field changed here and elsewhere.').waitFor();
  await checkOf(page, 'Report of mine').waitFor();
  await page.reload();
  await twoVersions(page);
  await dialog.getByRole('button', { name: 'Decide later' }).click();
  await page.getByRole('button', { name: 'Compare…' }).click();
  await dialog.getByRole('button', { name: 'All theirs' }).click();
  await dialog.getByRole('button', { name: 'Keep what is chosen' }).click();
  await dialog.getByText('Everything is decided.').waitFor();
  t.strictSame(await titlesOf(client), ['Report of theirs']);
});

browserTest('a task deleted elsewhere and edited here: it is brought back', async (t, { open, server, faults }) => {
  faults.expect(/ERR_INTERNET_DISCONNECTED/, /status of 404/);
  const client = clientOf('rescuer', server);
  const page = await open('/', as('rescuer', server));
  await page.getByText('0 tasks, 0 open').waitFor();
  const { id } = await client.create({ title: 'Letter' });
  await checkOf(page, 'Letter').waitFor();
  await page.context().setOffline(true);
  await page.getByText('You are offline.').waitFor();
  await rename(page, 'Letter', 'Long letter');
  await client.remove(id);
  await page.context().setOffline(false);
  const dialog = dialogOf(page, 'Two versions');
  await dialog.getByRole('radio', { name: /^Theirs\s*deleted/ }).waitFor();
  await dialog.getByRole('radio', { name: /^Mine/ }).check();
  await dialog.getByRole('button', { name: 'Keep what is chosen' }).click();
  await dialog.getByText('Everything is decided.').waitFor();
  t.ok(await eventually(async () => (await titlesOf(client)).join() === 'Long letter', 10_000));
});
