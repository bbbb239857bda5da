import { browserTest } from '../support/browser/browser-test.ts';

browserTest('/docs · a request tried with a printed token works', async (t, { open, server }) => {
  const page = await open('/docs');
  await page.getByRole('button', { name: 'Authorize' }).click();
  const dialog = page.locator('.dialog-ux');
  await dialog.getByRole('textbox').fill(server.tokenOf('reader'));
  await dialog.getByRole('button', { name: 'Apply credentials' }).click();
  await dialog.getByRole('button', { name: 'Close' }).click();

  const create = page.locator('.opblock-post', { hasText: 'Create a task' }).first();
  await create.getByRole('button').first().click();
  await create.locator('textarea').fill('{"title": "Buy milk"}');
  await create.getByRole('button', { name: 'Execute' }).click();
  await create.locator('.live-responses-table .response-col_status', { hasText: '201' }).waitFor();
  t.match(await create.locator('.live-responses-table .highlight-code').first().textContent(), '"title": "Buy milk"');

  const list = page.locator('.opblock-get', { hasText: 'List tasks' }).first();
  await list.getByRole('button').first().click();
  await list.getByRole('button', { name: 'Execute' }).click();
  await list.locator('.live-responses-table .response-col_status', { hasText: '200' }).waitFor();
  t.match(await list.locator('.live-responses-table .highlight-code').first().textContent(), '"title": "Buy milk"');
});
