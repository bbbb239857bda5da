import { createTaskwardClient, type TaskwardClient } from '@taskward/client';
import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import type { WebServer } from './web-server.ts';

/** The options of a browser whose user was here before, with a clock that the server has for new users. */
export const as = (user: string, { url }: Pick<WebServer, 'url'>): BrowserContextOptions => ({
  timezoneId: 'UTC',
  storageState: {
    cookies: [],
    origins: [{ origin: new URL(url).origin, localStorage: [{ name: 'taskward.development-user', value: user }] }],
  },
});

/** A client of the API, for what is done elsewhere and for what the server has in the end. */
export const clientOf = (user: string, server: Pick<WebServer, 'url' | 'tokenOf'>): TaskwardClient =>
  createTaskwardClient({ baseUrl: server.url, token: server.tokenOf(user) });

/** The titles of a user's tasks on the server, in their own order. */
export const titlesOf = async (client: TaskwardClient): Promise<string[]> => {
  const titles: string[] = [];
  for await (const { title } of client.all({ sort: 'position' })) titles.push(title);
  return titles;
};

/** The list of tasks. */
export const tasksOf = (page: Page): Locator => page.getByRole('list', { name: 'Tasks', exact: true });

/** A task in the list. */
export const rowOf = (page: Page, title: string): Locator =>
  tasksOf(page)
    .getByRole('listitem')
    .filter({ has: page.getByRole('checkbox', { name: title, exact: true }) });

/** The checkbox of a task, which has the focus of its row. */
export const checkOf = (page: Page, title: string): Locator =>
  tasksOf(page).getByRole('checkbox', { name: title, exact: true });

/** The line for a new task. */
export const newTask = (page: Page): Locator => page.getByRole('textbox', { name: 'New task' });

/** Writes a task into the line for it, as a user types it, and waits until it is in the list. */
export const addTask = async (page: Page, line: string, title = line): Promise<void> => {
  await newTask(page).fill(line);
  await newTask(page).press('Enter');
  await checkOf(page, title).waitFor();
};

/** Waits until a task is in the list, and sent. */
export const isSent = (page: Page, title: string): Promise<void> =>
  rowOf(page, title)
    .filter({ hasNot: page.getByTitle('Not sent yet') })
    .waitFor();

/** Changes the title of a task where it is. */
export const rename = async (page: Page, title: string, next: string): Promise<void> => {
  await page.getByRole('button', { name: `Edit title: ${title}`, exact: true }).click();
  const field = page.getByRole('textbox', { name: 'Title', exact: true });
  await field.fill(next);
  await field.press('Enter');
  await checkOf(page, next).waitFor();
};

/** Deletes a task in the list, which shows that it is gone. */
export const remove = async (page: Page, title: string): Promise<void> => {
  await page.getByRole('button', { name: `Delete: ${title}`, exact: true }).click();
  await checkOf(page, title).waitFor({ state: 'detached' });
};

/** The titles that the list shows, from top to bottom. */
export const shownTitles = (page: Page): Promise<string[]> =>
  tasksOf(page)
    .getByRole('checkbox')
    .evaluateAll((boxes) => boxes.map((box) => box.getAttribute('aria-label') ?? ''));

/** A dialog by its heading. */
export const dialogOf = (page: Page, name: string): Locator => page.getByRole('dialog', { name, exact: true });
