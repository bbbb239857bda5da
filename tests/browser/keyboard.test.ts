import type { Page } from 'playwright-core';
import type { Test } from 'tap';
import { axe } from '../support/browser/axe.ts';
import { browserTest, type InBrowser } from '../support/browser/browser-test.ts';

const focused = (page: Page) => page.locator(':focus').getAttribute('aria-label');

const focusIs = (page: Page, name: string) => page.locator(`:focus[aria-label="${name}"]`).waitFor();

const titlesAre = async (page: Page, wanted: readonly string[]) => {
  for (const [index, name] of wanted.entries()) {
    const row = page.locator(`[aria-posinset="${index + 1}"][aria-setsize="${wanted.length}"]`);
    await row.getByRole('checkbox', { name, exact: true }).waitFor();
  }
};

let users = 0;

/** Opens the page of a user who has no tasks. */
const ofNewUser = async ({ profile }: InBrowser): Promise<Page> => {
  users += 1;
  const context = await profile();
  // The empty page that a window begins with has no storage.
  await context.addInitScript(`if (location.host) localStorage.setItem('taskward.development-user', 'key-${users}')`);
  const page = await context.newPage();
  await page.goto('/');
  return page;
};

const aList = async (page: Page, names: readonly string[]) => {
  await page.getByLabel('New task').focus();
  for (const [index, name] of names.entries()) {
    await page.keyboard.type(name);
    await page.keyboard.press('Enter');
    await titlesAre(page, names.slice(0, index + 1));
  }
};

const isAccessible = async (t: Test, page: Page, state: string) => t.strictSame(await axe(page), [], state);

browserTest('the list is used by the keyboard alone', async (t, inBrowser) => {
  const page = await ofNewUser(inBrowser);
  await page.getByText('Nothing to do yet').waitFor();
  await isAccessible(t, page, 'the first use');
  await page.keyboard.press('n');
  t.equal(await focused(page), 'New task');
  await aList(page, ['Alpha', 'Bravo', 'Charlie', 'Delta']);
  await page.getByRole('button', { name: 'Trash' }).focus();

  await page.keyboard.press('j');
  await focusIs(page, 'Alpha');
  await page.keyboard.press('j');
  await page.keyboard.press('ArrowDown');
  await focusIs(page, 'Charlie');
  await page.keyboard.press('k');
  await focusIs(page, 'Bravo');

  await page.keyboard.press('F2');
  await page.keyboard.type('Bravo, changed');
  await page.reload();
  t.equal(await page.getByRole('textbox', { name: 'Title' }).inputValue(), 'Bravo, changed', 'kept over a reload');
  await page.keyboard.press('Enter');
  await focusIs(page, 'Bravo, changed');

  const box = page.getByRole('checkbox', { name: 'Bravo, changed' });
  await page.keyboard.press('x');
  await box.and(page.locator(':checked')).waitFor();
  await page.keyboard.press('Space');
  await box.and(page.locator(':not(:checked)')).waitFor();

  await page.keyboard.press('Alt+ArrowUp');
  await titlesAre(page, ['Bravo, changed', 'Alpha', 'Charlie', 'Delta']);
  t.equal(await focused(page), 'Bravo, changed', 'the focus moves with the task');

  await page.keyboard.press('Delete');
  await titlesAre(page, ['Alpha', 'Charlie', 'Delta']);
  await focusIs(page, 'Alpha');
  await isAccessible(t, page, 'a notice');
  await page.keyboard.press('z');
  await titlesAre(page, ['Bravo, changed', 'Alpha', 'Charlie', 'Delta']);
  t.equal(await focused(page), 'Alpha');

  await page.keyboard.press('End');
  await focusIs(page, 'Delta');
  await page.keyboard.press('Delete');
  await focusIs(page, 'Charlie');
  await titlesAre(page, ['Bravo, changed', 'Alpha', 'Charlie']);
});

browserTest('details are kept until they are saved, and give the focus back', async (t, inBrowser) => {
  const page = await ofNewUser(inBrowser);
  await aList(page, ['Alpha', 'Bravo']);
  await page.keyboard.press('Tab');
  await page.getByRole('checkbox', { name: 'Bravo' }).focus();
  await page.keyboard.press('e');
  const title = page.getByRole('dialog', { name: 'Details' }).getByRole('textbox', { name: 'Title' });
  await title.fill('Bravo, longer');
  await page.keyboard.press('Escape');
  await focusIs(page, 'Bravo');

  await page.keyboard.press('e');
  await page.getByText('changes that you have not saved').waitFor();
  t.equal(await title.inputValue(), 'Bravo, longer');
  await page.reload();
  t.equal(await title.inputValue(), 'Bravo, longer', 'open again after a reload');
  await isAccessible(t, page, 'the details');
  await page.keyboard.press('Enter');
  await page.getByRole('checkbox', { name: 'Bravo, longer' }).waitFor();
});

browserTest(
  'a dialog stays that is opened before the browser reports that the last one was closed',
  async (_t, inBrowser) => {
    const page = await ofNewUser(inBrowser);
    await aList(page, ['Alpha']);
    await page.getByRole('button', { name: 'Settings', exact: true }).press('Enter');
    await page.getByRole('dialog', { name: 'Settings' }).waitFor();
    await page.evaluate(`
    document.querySelector('dialog').addEventListener('close', () => setTimeout(() => (document.title = 'closed')));
    document.querySelector('dialog').close();
    document.querySelector('[aria-label="Details: Alpha"]').click();
  `);
    await page.waitForFunction('document.title === "closed"');
    await page.getByRole('button', { name: 'History' }).press('Enter');
    await page.getByRole('dialog', { name: 'History' }).waitFor();
  },
);

browserTest('every dialog is opened, left with Esc, and accessible', async (t, inBrowser) => {
  const page = await ofNewUser(inBrowser);
  await aList(page, ['Alpha']);
  await page.getByRole('checkbox', { name: 'Alpha' }).focus();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
  await isAccessible(t, page, 'the keys');
  await page.keyboard.press('Escape');
  await focusIs(page, 'Alpha');

  for (const name of ['Trash', 'Settings']) {
    await page.getByRole('button', { name, exact: true }).press('Enter');
    await page.getByRole('dialog', { name }).waitFor();
    await page.getByText('Loading…').waitFor({ state: 'hidden' });
    await isAccessible(t, page, name);
    await page.keyboard.press('Escape');
    await focusIs(page, name);
  }

  await page.getByRole('button', { name: 'Details: Alpha' }).press('Enter');
  await page.getByRole('button', { name: 'History' }).press('Enter');
  await page.getByRole('dialog', { name: 'History' }).getByText('Created').waitFor();
  await isAccessible(t, page, 'the history');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await focusIs(page, 'Details: Alpha');

  await page.keyboard.press('/');
  await page.keyboard.type('nothing of this kind');
  await page.getByText('No task matches').waitFor();
  await isAccessible(t, page, 'nothing matches');
});
