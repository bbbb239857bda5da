import { axe } from '../support/browser/axe.ts';
import { browserTest } from '../support/browser/browser-test.ts';
import { takeScreenshots } from '../support/browser/screenshots.ts';

browserTest('in development, anybody is the user by name', async (t, { open, faults }) => {
  faults.expect(/status of 422/);
  const page = await open();
  const become = async (name: string) => {
    await page.getByLabel('Another user').fill(name);
    await page.getByRole('button', { name: 'Switch' }).click();
  };
  const addTask = async (title: string) => {
    await page.locator('#new-task').fill(title);
    await page.keyboard.press('Enter');
    await page.getByText(title).waitFor();
  };

  await page.getByText('Signed in as demo').waitFor();
  t.strictSame(await axe(page), []);
  await takeScreenshots(page, 'development');
  await addTask('Buy milk');
  await become('grace');
  await page.getByText('Signed in as grace').waitFor();
  t.equal(await page.getByText('Buy milk').count(), 0, 'who has no task of demo’s');
  await addTask('Buy bread');

  await page.reload();
  await page.getByText('Signed in as grace').waitFor();
  await page.getByText('Buy bread').waitFor();
  await become('demo');
  await page.getByText('Buy milk').waitFor();
  t.equal(await page.getByText('Buy bread').count(), 0);

  await become('x'.repeat(300));
  await page
    .getByRole('alert')
    .getByText(/300|255/)
    .waitFor();
  t.strictSame(await axe(page), []);
  await page.getByText('Signed in as demo').waitFor();
});
