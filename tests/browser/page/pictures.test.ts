import type { NewTask } from '@taskward/client';
import type { Page } from 'playwright-core';
import type { Test } from 'tap';
import { browserTest } from '../../support/browser/browser-test.ts';
import { takeScreenshots, widths } from '../../support/browser/screenshots.ts';
import { addTask, as, checkOf, clientOf, dialogOf, isSent, rename } from '../../support/browser/task-page.ts';

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

const samples: readonly NewTask[] = [
  { title: 'Renew the passport', due_date: inDays(-2), priority: 'urgent', tags: ['errands'] },
  { title: 'Send Ben the slides', due_date: `${inDays(0)}T23:30`, priority: 'high', tags: ['work'] },
  { title: 'Water the plants', due_date: inDays(1), repeat: 'FREQ=DAILY;INTERVAL=3', tags: ['home'] },
  { title: 'Book the train to Vienna', due_date: inDays(4), reminders: [{ before: 'P1D' }], tags: ['travel'] },
  { title: 'Weekly review', due_date: `${inDays(6)}T16:00`, repeat: 'weekly', priority: 'medium', tags: ['work'] },
  {
    title: 'Ask the landlord about the bicycle cellar, the new keys and the leaking window in the kitchen',
    tags: ['home'],
  },
  { title: 'Read “The Design of Everyday Things”', priority: 'low' },
  { title: 'Call the dentist', completed: true },
];

const fits = async (t: Test, page: Page, what: string) => {
  for (const width of Object.values(widths)) {
    await page.setViewportSize({ width, height: 800 });
    t.ok(Number(await page.evaluate('document.documentElement.scrollWidth')) <= width, `${what} fits in ${width} px`);
  }
  await takeScreenshots(page, what);
};

browserTest('the list, the details and a conflict fit in every window', async (t, { open, server, faults }) => {
  faults.expect(/ERR_INTERNET_DISCONNECTED/);
  const client = clientOf('anna', server);
  for (const sample of samples) await client.create(sample);
  const page = await open('/', as('anna', server));
  await checkOf(page, 'Call the dentist').waitFor();
  await fits(t, page, 'list');

  await page.getByRole('button', { name: 'Details: Weekly review' }).click();
  await dialogOf(page, 'Details').waitFor();
  await fits(t, page, 'details');
  await page.keyboard.press('Escape');

  const { id } = (await client.list({ search: 'slides' })).tasks[0] ?? { id: 0 };
  await page.context().setOffline(true);
  await page.getByText('You are offline.').waitFor();
  await rename(page, 'Send Ben the slides', 'Send Ben the slides and the notes');
  await addTask(page, 'Buy bread today #errands', 'Buy bread');
  await page.getByText('2 tasks not sent yet').waitFor();
  await page.getByRole('button', { name: 'Dismiss', exact: true }).click();
  await fits(t, page, 'offline');
  await client.update(id, { title: 'Send Ben and Tom the slides', due_date: `${inDays(1)}T09:00` });
  await page.context().setOffline(false);
  await dialogOf(page, 'Two versions').getByText('Send Ben and Tom the slides').waitFor();
  await isSent(page, 'Buy bread');
  await fits(t, page, 'conflict');
});
