import t from 'tap';
import { missingProgram } from '../support/processes/programs.ts';
import { aPage, aServer, build } from './pages.ts';

const skip = missingProgram('chromium') ?? false;

t.test('the page opens again without a server, under a path', { skip }, async (t) => {
  const folder = t.testdir();
  t.equal(build(folder), '');
  const server = await aServer(t, folder, '/some/path/');
  const { page, errors } = await aPage(t);
  await page.goto(server.url);
  await page.evaluate("navigator.serviceWorker.register('./sw.js')");
  await page.evaluate('navigator.serviceWorker.ready');
  await page.waitForFunction('navigator.serviceWorker.controller !== null');
  const read = (name: string) => page.evaluate(`fetch('${name}').then((r) => r.json(), (error) => error.name)`);
  const drawn = async () => {
    await page.getByRole('alert').waitFor();
    return page.content();
  };
  const before = await read('web-app.json');
  await read('api/tasks');

  await page.reload();
  t.ok(server.asked.includes('/some/path/'), 'with a server, it asks the server');
  const shown = await drawn();
  const config = await read('web-app.json');
  t.notSame(config, before, 'and for its settings');

  await server.close();
  await page.reload();
  t.equal(await drawn(), shown, 'the page is drawn by its script');
  t.match(shown, /<div id="app"><./);
  t.same(await read('web-app.json'), config);
  t.equal(await read('api/tasks'), 'TypeError', 'nothing of the API is kept');
  t.strictSame(errors, []);
});
