import type { Page } from 'playwright-core';
import t from 'tap';
import { axe } from '../support/browser/axe.ts';
import { browserTest } from '../support/browser/browser-test.ts';
import { takeScreenshots } from '../support/browser/screenshots.ts';
import { anExampleProcess } from '../support/processes/example-process.ts';
import { aDirectory, eventually } from '../support/processes/processes.ts';
import { missingProgram } from '../support/processes/programs.ts';

const isSkipped = missingProgram('chromium') !== undefined;
const example = isSkipped ? undefined : await anExampleProcess(t, await aDirectory(t, 'example'));
const [url, apiUrl] = [example?.url ?? '', example?.apiUrl ?? ''];
const password = 'correct horse battery';

let count = 0;
const someone = () => {
  count += 1;
  return { name: `Zoë ${count}`, email: `zoe-${count}@app.example` };
};

const submit = async (page: Page, fields: Readonly<Record<string, string>>, button: string): Promise<void> => {
  for (const [label, text] of Object.entries(fields)) await page.getByLabel(label).fill(text);
  await page.getByRole('button', { name: button, exact: true }).click();
};

const signUp = async (page: Page): Promise<{ name: string; email: string }> => {
  const { name, email } = someone();
  await page.getByRole('button', { name: 'Create an account' }).click();
  await submit(page, { Name: name, 'E-mail address': email, Password: password }, 'Create account');
  await page.getByText(`Signed in as ${name}`).waitFor();
  return { name, email };
};

const signIn = (page: Page, email: string): Promise<void> =>
  submit(page, { 'E-mail address': email, Password: password }, 'Sign in');

const addTask = async (page: Page, title: string): Promise<void> => {
  await page.locator('#new-task').fill(title);
  await page.keyboard.press('Enter');
  await page.getByText(title).waitFor();
};

/** Waits until the server has a task with this title. */
const arrived = async (page: Page, token: string, title: string): Promise<void> => {
  const headers = { authorization: `Bearer ${token}` };
  for (;;) {
    const response = await page.request.get(`${apiUrl}/api/tasks`, { headers });
    if ((await response.text()).includes(title)) return;
  }
};

const tokenOf = async (page: Page): Promise<string> =>
  ((await (await page.request.get(`${url}/api/auth/token`)).json()) as { token: string }).token;

/** The number of copies of tasks in this browser. The types of windows are not those of the tests. */
const copiesIn = (page: Page): Promise<number> =>
  page.evaluate("indexedDB.databases().then((all) => all.filter(({ name }) => name.startsWith('taskward ')).length)");

browserTest('from sign-up to deleted account', async (t, { open, faults }) => {
  faults.expect(/status of 40[01]/);
  const page = await open(url);
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  t.strictSame(await axe(page), []);
  await takeScreenshots(page, 'sign-in');

  await page.getByRole('button', { name: 'Create an account' }).click();
  await page.locator('input[name=name]:focus').waitFor();
  await submit(page, { Name: 'Zoë', 'E-mail address': 'zoe@app.example', Password: 'short' }, 'Create account');
  await page.getByRole('alert').getByText('Password too short').waitFor();
  const field = page.getByLabel('Password');
  t.equal(await field.getAttribute('aria-invalid'), 'true');
  await page.locator('input[name=password]:focus').waitFor();
  t.strictSame(await axe(page), []);
  await submit(page, { Password: password }, 'Create account');
  await page.getByText('Signed in as Zoë').waitFor();
  await addTask(page, 'Buy milk');
  const token = await tokenOf(page);
  await arrived(page, token, 'Buy milk');

  await page.reload();
  t.ok(await eventually(async () => (await page.getByText('Buy milk').count()) === 1));
  await page.getByRole('button', { name: 'Account' }).click();
  t.strictSame(await axe(page), []);
  await takeScreenshots(page, 'account');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  t.equal(await page.getByText('Buy milk').count(), 0);
  t.equal(await copiesIn(page), 1, 'the copy is kept for next time');

  await submit(page, { 'E-mail address': 'zoe@app.example', Password: 'wrong password' }, 'Sign in');
  await page.getByRole('alert').getByText('Invalid email or password').waitFor();
  await signIn(page, 'zoe@app.example');
  await page.getByText('Buy milk').waitFor();

  await page.getByRole('button', { name: 'Account' }).click();
  await page.getByRole('button', { name: 'Delete account' }).click();
  await page.getByLabel('Password').fill('wrong password');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('Invalid password').waitFor();
  t.strictSame(await axe(page), []);
  await takeScreenshots(page, 'delete-account');
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  t.ok(await eventually(async () => (await copiesIn(page)) === 0));
  const left = await page.request.get(`${apiUrl}/api/tasks`, { headers: { authorization: `Bearer ${token}` } });
  t.match(await left.json(), { data: [] }, 'nothing is left, here or there');
  await signIn(page, 'zoe@app.example');
  await page.getByRole('alert').getByText('Invalid email or password').waitFor();
});

browserTest('signing out with the copy, in all tabs', async (t, { open }) => {
  const page = await open(url);
  const { name } = await signUp(page);
  const second = await page.context().newPage();
  await second.goto(url);
  await second.getByText(`Signed in as ${name}`).waitFor();
  await addTask(page, 'Buy milk');
  await second.getByText('Buy milk').waitFor();

  await page.getByRole('button', { name: 'Account' }).click();
  await page.getByLabel('Also delete the copy').check();
  await page.getByRole('button', { name: 'Sign out' }).click();
  for (const tab of [page, second]) {
    await tab.getByRole('heading', { name: 'Sign in' }).waitFor();
    t.equal(await tab.getByText('Buy milk').count(), 0);
  }
  t.ok(await eventually(async () => (await copiesIn(page)) === 0));
});

browserTest('a token that expires or is refused is renewed', async (t, { profile, faults }) => {
  faults.expect(/status of 401/);
  const context = await profile({ serviceWorkers: 'block' });
  const page = await context.newPage();
  await page.clock.install();
  await page.goto(url);
  const tokens: string[] = [];
  page.on('request', (request) => {
    if (request.url() === `${url}/api/auth/token`) tokens.push(request.url());
  });
  await signUp(page);
  await addTask(page, 'Buy milk');
  await arrived(page, await tokenOf(page), 'Buy milk');
  t.equal(tokens.length, 1);

  await page.clock.fastForward(15 * 60_000 - 20_000);
  await addTask(page, 'Buy bread');
  await arrived(page, await tokenOf(page), 'Buy bread');
  t.equal(tokens.length, 2, 'before it expires');

  let refused = 0;
  await page.route(`${apiUrl}/api/tasks/batch*`, async (route) => {
    refused += 1;
    const headers = { ...route.request().headers(), authorization: 'Bearer a.b.c' };
    await (refused === 1 ? route.continue({ headers }) : route.continue());
  });
  await addTask(page, 'Buy butter');
  await arrived(page, await tokenOf(page), 'Buy butter');
  t.equal(tokens.length, 3, 'and when the API refuses it');
});

browserTest('a session that ends meanwhile loses nothing', async (t, { profile, faults }) => {
  faults.expect(/status of 401/, /ERR_INTERNET_DISCONNECTED/);
  const context = await profile({ serviceWorkers: 'block' });
  const page = await context.newPage();
  await page.clock.install();
  await page.goto(url);
  const { name, email } = await signUp(page);
  await addTask(page, 'Buy milk');
  await arrived(page, await tokenOf(page), 'Buy milk');
  const batches = `${apiUrl}/api/tasks/batch*`;
  await page.route(batches, (route) => route.abort('internetdisconnected'));
  await addTask(page, 'Buy bread');
  await context.clearCookies();
  await page.clock.fastForward(15 * 60_000);
  await page.getByText(/^Your session has ended\. Sign in again/).waitFor();
  t.strictSame(await axe(page), []);
  await takeScreenshots(page, 'session-ended');
  await page.unroute(batches);
  await signIn(page, email);
  await page.getByText(`Signed in as ${name}`).waitFor();
  await page.getByText('Buy bread').waitFor();
  await arrived(page, await tokenOf(page), 'Buy bread');
});
