import t from 'tap';
import { browserTest } from '../support/browser/browser-test.ts';
import { anExampleProcess } from '../support/processes/example-process.ts';
import { aDirectory, eventually } from '../support/processes/processes.ts';
import { missingProgram } from '../support/processes/programs.ts';

const isSkipped = missingProgram('chromium') !== undefined;
const example = isSkipped ? undefined : await anExampleProcess(t, await aDirectory(t, 'cookie-example'), ['--cookie']);
const [url, apiUrl] = [example?.url ?? '', example?.apiUrl ?? ''];
const cookieName = 'taskward.token';

browserTest('the page works with a token that no script can read', async (t, { open, faults }) => {
  faults.expect(/status of 401/);
  const page = await open(url);
  const context = page.context();
  const authorized: string[] = [];
  page.on('request', (request) => {
    if (request.headers().authorization !== undefined) authorized.push(request.url());
  });
  const tokenCookie = async () => (await context.cookies(apiUrl)).find(({ name }) => name === cookieName);
  const addTask = async (title: string) => {
    await page.locator('#new-task').fill(title);
    const sent = page.waitForResponse((response) => /\/api\/tasks\/batch/.test(response.url()) && response.ok());
    await page.keyboard.press('Enter');
    await sent;
  };

  await page.getByRole('button', { name: 'Create an account' }).click();
  await page.getByLabel('Name').fill('Zoë');
  await page.getByLabel('E-mail address').fill('zoe@app.example');
  await page.getByLabel('Password').fill('correct horse battery');
  await page.keyboard.press('Enter');
  await page.getByText('Signed in as Zoë').waitFor();
  await addTask('Buy milk');
  t.match(await tokenCookie(), { httpOnly: true, sameSite: 'Strict' });
  t.notMatch(await page.evaluate('document.cookie'), cookieName);

  await page.reload();
  await page.getByText('Buy milk').waitFor();
  await context.clearCookies({ name: cookieName });
  await addTask('Buy bread');
  t.ok(await tokenCookie(), 'a cookie that is gone is set again');
  t.strictSame(authorized, [], 'no request has had a token in a header');

  await page.getByRole('button', { name: 'Account' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  t.ok(await eventually(async () => (await tokenCookie()) === undefined), 'signed out: it is gone');
});
