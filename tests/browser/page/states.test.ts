import { axeInAllViews } from '../../support/browser/axe-views.ts';
import { browserTest } from '../../support/browser/browser-test.ts';
import { addTask, as } from '../../support/browser/task-page.ts';
import { aWebServer } from '../../support/browser/web-server.ts';

browserTest('axe · offline, with what is not sent', async (t, { open, server, faults }) => {
  faults.expect(/ERR_INTERNET_DISCONNECTED/);
  const page = await open('/', as('distant', server));
  await page.getByText('Nothing to do yet').waitFor();
  await page.context().setOffline(true);
  await addTask(page, 'Not sent');
  await page.getByText(/You are offline.*1 task not sent yet/).waitFor();
  t.strictSame(await axeInAllViews(page), []);
});

browserTest('axe · errors, the server gone, and nobody signed in', async (t, { open, profile, server, faults }) => {
  faults.expect(/status of (401|500|503)/, /ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING/);
  const context = await profile(as('unlucky', server));
  let answer: object | undefined = { status: 500, json: { error: 'Something went wrong on the server.', code: 'x/y' } };
  await context.route('**/api/**', (route) => (answer ? route.fulfill(answer) : route.continue()));
  const page = await context.newPage();
  await page.goto('/');
  await page.getByRole('alert').getByText('Something went wrong on the server.').waitFor();
  t.strictSame(await axeInAllViews(page), [], 'the error of the server');
  answer = { status: 401, json: { error: 'The token has expired.', code: 'auth/invalid-token' } };
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('button', { name: 'Sign in again' }).waitFor();
  t.strictSame(await axeInAllViews(page), [], 'signed out');
  answer = undefined;
  await page.getByRole('button', { name: 'Sign in again' }).click();
  await page.getByText('Nothing to do yet').waitFor();

  const ending = await aWebServer(t);
  const left = await open(ending.url, as('left', ending));
  await addTask(left, 'Before');
  await ending.stop();
  await addTask(left, 'Meanwhile');
  await left.getByText('The server gives no answer.').waitFor();
  t.strictSame(await axeInAllViews(left), [], 'the server is gone');
});

browserTest('axe · the form to sign in', async (t, { profile, faults }) => {
  faults.expect(/status of 401/);
  const context = await profile();
  const config = { api: '', signIn: { kind: 'better-auth', url: 'auth', token: 'bearer' } };
  await context.route('**/web-app.json', (route) => route.fulfill({ json: config }));
  await context.route('**/auth/**', (route) => route.fulfill({ json: null }));
  const page = await context.newPage();
  await page.goto('/');
  await page.getByRole('textbox', { name: 'E-mail address' }).waitFor();
  t.strictSame(await axeInAllViews(page), [], 'signing in');
  await page
    .getByRole('button', { name: /sign up|create/i })
    .first()
    .click();
  await page.getByRole('textbox', { name: 'Name' }).waitFor();
  t.strictSame(await axeInAllViews(page), [], 'signing up');
});
