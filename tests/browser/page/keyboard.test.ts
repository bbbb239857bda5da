import type { Locator, Page } from 'playwright-core';
import type { Test } from 'tap';
import { browserTest } from '../../support/browser/browser-test.ts';
import {
  as,
  checkOf,
  clientOf,
  dialogOf,
  isSent,
  newTask,
  rowOf,
  shownTitles,
} from '../../support/browser/task-page.ts';
import { eventually } from '../../support/processes/processes.ts';

const hasFocus = (locator: Locator): Promise<boolean> =>
  locator.evaluateAll((elements) => elements.some((element) => element.ownerDocument.activeElement === element));

/** What has the focus, in words, for when it is something else than expected. */
const focused = (page: Page) =>
  page.evaluate(`(({ tagName, ariaLabel, labels, textContent }) =>
    tagName === 'BODY' ? tagName : [tagName, ariaLabel ?? labels?.[0]?.textContent ?? textContent].join(' '))
    (document.activeElement)`);

const focusIs = async (t: Test, locator: Locator, what: string) => {
  const isSo = await eventually(() => hasFocus(locator), 10_000);
  t.ok(isSo, isSo ? what : `${what}, not on ${await focused(locator.page())}`);
};

const shows = async (t: Test, page: Page, titles: readonly string[], what: string) => {
  const isSo = async () => (await shownTitles(page)).join() === titles.join();
  t.ok(await eventually(isSo, 10_000), `${what}: ${(await shownTitles(page)).join()}`);
};

/** Presses Tab until something has the focus. @returns whether that came to be */
const tabTo = async (page: Page, locator: Locator, key = 'Tab'): Promise<boolean> => {
  for (let pressed = 0; pressed < 40; pressed += 1) {
    if (await hasFocus(locator)) return true;
    await page.keyboard.press(key);
  }
  return false;
};

/** Opens a user's page and writes three tasks into it, by keys. */
const withTasks = async (page: Page) => {
  await page.getByText('0 tasks, 0 open').waitFor();
  await page.keyboard.press('n');
  for (const title of ['First', 'Second', 'Third']) {
    await page.keyboard.type(`${title}`);
    await page.keyboard.press('Enter');
    await isSent(page, title);
  }
};

browserTest('tasks are added and changed by keys alone', async (t, { open, server }) => {
  const page = await open('/', as('typist', server));
  const keys = page.keyboard;
  await withTasks(page);
  await focusIs(t, newTask(page), 'after adding, the focus is in the line');
  t.ok(await tabTo(page, checkOf(page, 'First')), 'Tab leads to the list');
  for (const [key, title] of Object.entries({ j: 'Second', k: 'First', End: 'Third', Home: 'First' })) {
    await keys.press(key);
    await focusIs(t, checkOf(page, title), `${key} goes to ${title}`);
  }
  await keys.press('x');
  await page.getByRole('checkbox', { name: 'First', checked: true }).waitFor();
  await focusIs(t, checkOf(page, 'First'), 'the focus stays on what is done');
  await page.getByText('“First” is done.').first().waitFor();
  await keys.press('z');
  await page.getByRole('checkbox', { name: 'First', checked: false }).waitFor();

  await keys.press('Enter');
  await focusIs(t, page.getByRole('textbox', { name: 'Title', exact: true }), 'Enter edits the title');
  await keys.type('First thing');
  await keys.press('Enter');
  await focusIs(t, checkOf(page, 'First thing'), 'the focus is back on the row');
  await keys.press('F2');
  await keys.type('Anything');
  await keys.press('Escape');
  await focusIs(t, checkOf(page, 'First thing'), 'Esc leaves it as it was');

  await keys.press('Alt+ArrowDown');
  await shows(t, page, ['Second', 'First thing', 'Third'], 'it is moved down');
  await focusIs(t, checkOf(page, 'First thing'), 'the focus moves with it');
  await keys.press('Delete');
  await checkOf(page, 'First thing').waitFor({ state: 'detached' });
  await focusIs(t, checkOf(page, 'Third'), 'the focus is on what takes its place');
  await page.getByText('“First thing” is deleted.').first().waitFor();
  await keys.press('z');
  await shows(t, page, ['Second', 'First thing', 'Third'], 'it is back');

  const client = clientOf('typist', server);
  const titles = async () => (await client.list({ sort: 'position' })).tasks.map(({ title }) => title).join();
  t.ok(await eventually(async () => (await titles()) === 'Second,First thing,Third', 10_000), await titles());
});

browserTest('dialogs are used by keys, and give the focus back', async (t, { open, server }) => {
  const page = await open('/', as('presser', server));
  const keys = page.keyboard;
  await withTasks(page);
  t.ok(await tabTo(page, checkOf(page, 'First')));
  await keys.press('j');
  await keys.press('e');
  const details = dialogOf(page, 'Details');
  await focusIs(t, details.getByLabel('Title', { exact: true }), 'details begin with the title');
  t.ok(await tabTo(page, details.getByRole('combobox', { name: 'Priority' })));
  await keys.press('h');
  t.ok(await tabTo(page, details.getByRole('button', { name: 'Save' })));
  await keys.press('Enter');
  await details.waitFor({ state: 'detached' });
  await focusIs(t, checkOf(page, 'Second'), 'the focus is back on the row');
  await rowOf(page, 'Second').filter({ hasText: 'High' }).waitFor();

  await keys.press('?');
  const help = dialogOf(page, 'Keyboard');
  await help.waitFor();
  for (let pressed = 0; pressed < 6; pressed += 1) {
    await keys.press('Tab');
    const inDialog = `document.activeElement === document.body || document.activeElement.closest('dialog') !== null`;
    t.ok(await page.evaluate(inDialog), 'Tab does not lead behind the dialog');
  }
  await keys.press('Escape');
  await help.waitFor({ state: 'detached' });
  await focusIs(t, checkOf(page, 'Second'), 'the focus is where it was');

  for (const [button, title] of [
    ['Settings', 'Settings'],
    ['Trash', 'Trash'],
    ['Keyboard', 'Keyboard'],
  ] as const) {
    const opener = page.getByRole('button', { name: button, exact: true });
    t.ok(await tabTo(page, opener, 'Shift+Tab'), `Shift+Tab leads to ${button}`);
    await keys.press('Enter');
    await dialogOf(page, title).waitFor();
    await keys.press('Escape');
    await dialogOf(page, title).waitFor({ state: 'detached' });
    await focusIs(t, opener, `the focus is back on ${button}`);
    await keys.press('Tab');
  }
});

browserTest('Tab reaches every control once and leaves the page, with no trap', async (t, { open, server }) => {
  const page = await open('/', as('tabber', server));
  await withTasks(page);
  await page.keyboard.press('Tab');
  await page.keyboard.press('/');
  await focusIs(t, page.getByRole('searchbox'), '/ searches');
  await page.keyboard.type('sec');
  await shows(t, page, ['Second'], 'found');
  await page.keyboard.press('Escape');
  await shows(t, page, ['First', 'Second', 'Third'], 'Esc clears the search');
  const stops: string[] = [];
  for (let pressed = 0; pressed < 60; pressed += 1) {
    await page.keyboard.press('Tab');
    const stop = String(await focused(page));
    if (stops[0] === stop) break;
    stops.push(stop);
  }
  t.ok(stops.length < 40, `it goes round: ${stops.length} stops`);
  for (const name of ['Another user', 'Trash', 'Settings', 'Keyboard', 'New task', 'Add', 'Order', 'Filter', 'First']) {
    const found = stops.filter((stop) => stop.trim().endsWith(name) || stop.includes(`${name} `));
    t.ok(found.length > 0, `${name} is reached`);
  }
  t.notOk(
    stops.some((stop) => /Second|Third/.test(stop)),
    'the list is one stop: arrows go on from there',
  );
});
