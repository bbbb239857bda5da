import type { Route } from 'playwright-core';
import { axeInAllViews } from '../../support/browser/axe-views.ts';
import { browserTest } from '../../support/browser/browser-test.ts';
import { addTask, as, checkOf, clientOf, newTask } from '../../support/browser/task-page.ts';

const lines = [
  ['Pay the rent tomorrow 9:00 !high #home', 'Pay the rent'],
  ['Water the plants every day #home', 'Water the plants'],
  ['Book a table !urgent', 'Book a table'],
  ['Read a book', 'Read a book'],
] as const;

browserTest('axe · what is planted in the page is found in each view', async (t, { open, server }) => {
  const page = await open('/', as('planter', server));
  await page.getByText('Nothing to do yet').waitFor();
  await page.evaluate(`{
    const image = document.createElement('img');
    image.style.width = '2000px';
    document.querySelector('main').append(image);
  }`);
  const found = await axeInAllViews(page);
  t.equal(found.filter((line) => /image-alt/.test(line)).length, 4, 'an image without a text');
  t.equal(found.filter((line) => /is 2\d+ px wide/.test(line)).length, 4, 'a page that is too wide');
});

browserTest('axe · loading, empty, a list, and what a filter leaves', async (t, { profile, server }) => {
  const context = await profile(as('viewer', server));
  const held: Route[] = [];
  let isHeld = true;
  await context.route('**/api/**', (route) => (isHeld ? void held.push(route) : route.continue()));
  const page = await context.newPage();
  await page.goto('/');
  await page.getByText('Loading your tasks…').waitFor();
  t.strictSame(await axeInAllViews(page), [], 'loading');
  isHeld = false;
  for (const route of held) await route.continue();
  await page.getByText('Nothing to do yet').waitFor();
  t.strictSame(await axeInAllViews(page), [], 'empty');

  for (const [line, title] of lines) await addTask(page, line, title);
  await checkOf(page, 'Read a book').click();
  await clientOf('viewer', server).create({ title: 'Late', due_date: '2026-01-01' });
  await checkOf(page, 'Late').waitFor();
  await newTask(page).fill('Call Bob today !low #phone every week');
  await page.getByRole('button', { name: 'Filter' }).click();
  t.strictSame(await axeInAllViews(page), [], 'a list, with filters and a line that is being written');
  await page.getByRole('button', { name: 'Edit title: Book a table' }).click();
  t.strictSame(await axeInAllViews(page), [], 'a title that is being edited');
  await page.keyboard.press('Escape');
  await page.getByRole('searchbox').fill('nothing like it');
  await page.getByText('No task matches').waitFor();
  t.strictSame(await axeInAllViews(page), [], 'nothing matches');
});
