import type { Page } from 'playwright-core';
import { browserTest } from '../../support/browser/browser-test.ts';
import { as, checkOf, clientOf, tasksOf } from '../../support/browser/task-page.ts';
import { eventually } from '../../support/processes/processes.ts';

const count = 10_000;
const batchSize = 100;

/** Notes when the first task is in the document, in milliseconds after the address was opened. */
const noteFirstTask = `
  new MutationObserver((_, observer) => {
    if (document.querySelector('[aria-label="Tasks"] [role="listitem"], [aria-label="Tasks"] li') === null) return;
    requestAnimationFrame(() => { globalThis.firstTaskAt = performance.now(); });
    observer.disconnect();
  }).observe(document, { subtree: true, childList: true });
`;

const rowsIn = (page: Page) => tasksOf(page).locator('li').count();

/** Scrolls by a step in each frame. @returns the times between frames, in milliseconds, and the most rows that there were */
const scroll = (page: Page, step: number, frames: number) =>
  page.evaluate(`(async () => {
    const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const list = document.querySelector('[aria-label="Tasks"]');
    const times = [];
    let rows = 0;
    let last = await nextFrame();
    for (let frame = 0; frame < ${frames}; frame += 1) {
      scrollBy({ top: ${step}, behavior: 'instant' });
      const now = await nextFrame();
      times.push(now - last);
      last = now;
      rows = Math.max(rows, list.childElementCount);
    }
    return { times, rows };
  })()`) as Promise<{ times: number[]; rows: number }>;

const told = (times: readonly number[]): string => {
  const sorted = [...times].sort((one, other) => one - other);
  const longer = (than: number) => times.filter((time) => time > than).length;
  return (
    `${times.length} frames: median ${sorted[times.length >> 1]?.toFixed(1)} ms, ` +
    `longest ${sorted.at(-1)?.toFixed(1)} ms, ${longer(34)} longer than 34 ms, ${longer(50)} longer than 50 ms`
  );
};

browserTest('10 000 tasks are listed at once, and scrolled through', async (t, { profile, server }) => {
  const client = clientOf('hoarder', server);
  for (let done = 0; done < count; done += batchSize) {
    const operations = Array.from({ length: batchSize }, (_, index) => ({
      ...{ op: 'create' as const, title: `Task ${done + index + 1}` },
      ...{ priority: 'low' as const, tags: ['many'], due_date: '2027-01-29' },
    }));
    await client.batch(operations);
  }

  const context = await profile(as('hoarder', server));
  await context.addInitScript(noteFirstTask);
  const page = await context.newPage();
  await page.goto('/');
  await checkOf(page, 'Task 1').waitFor();
  t.comment(`cold load: the first task is shown after ${Math.round(Number(await page.evaluate('firstTaskAt')))} ms`);
  await page.getByText('10,000 tasks, 10,000 open').waitFor();
  t.comment(`all are known after ${Math.round(Number(await page.evaluate('performance.now()')))} ms`);
  const rows = await rowsIn(page);
  t.comment(`${rows} rows are in the document`);
  t.ok(rows > 0 && rows < 80, 'only what is visible is in the document');

  const slow = await scroll(page, 60, 240);
  t.comment(`a row in each frame: ${told(slow.times)}`);
  const fast = await scroll(page, 1_500, 240);
  t.comment(`25 rows in each frame: ${told(fast.times)}`);
  t.ok(Math.max(slow.rows, fast.rows) < 80, `${slow.rows} and ${fast.rows} rows at most`);

  await page.evaluate('scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" })');
  await checkOf(page, `Task ${count}`).waitFor();
  t.pass('the end is reached');

  await page.reload();
  await checkOf(page, 'Task 1').waitFor();
  const again = Math.round(Number(await page.evaluate('firstTaskAt')));
  t.comment(`opened again, from the copy: the first task is shown after ${again} ms`);

  const begin = performance.now();
  await page.getByRole('searchbox').fill('Task 9999');
  await page.getByText('1 of 10,000 tasks').waitFor();
  t.comment(`found among 10 000 after ${Math.round(performance.now() - begin)} ms`);
  t.ok(await eventually(async () => (await rowsIn(page)) === 1, 10_000));
});
