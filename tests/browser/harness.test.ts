import { axe } from '../support/browser/axe.ts';
import { browserTest } from '../support/browser/browser-test.ts';
import { aWebServer } from '../support/browser/web-server.ts';
import { eventually } from '../support/processes/processes.ts';

browserTest('what goes wrong in a page is noted, and what is expected is not reported', async (t, { open, faults }) => {
  const page = await open();
  await page.route('**/lost', (route) => route.abort('connectionreset'));
  await page.evaluate(`
    console.error('planted in the console');
    console.warn('a warning is no error');
    setTimeout(() => { throw new Error('planted and thrown'); });
    void Promise.reject(new Error('planted and rejected'));
    fetch('lost').catch(() => {});
    fetch('no-such-file').catch(() => {});
  `);
  const planted = [
    /^console: planted in the console/,
    /^uncaught: Error: planted and thrown/,
    /^uncaught: Error: planted and rejected/,
    /^failed: GET .*\/lost: net::ERR_CONNECTION_RESET$/,
    /^console: Failed to load resource: .* 404 .*\/no-such-file/,
  ];
  for (const pattern of planted) {
    const isNoted = () => faults.unexpected().some((line) => pattern.test(line));
    t.ok(await eventually(isNoted, 10_000), String(pattern));
  }
  t.notMatch(faults.unexpected().join('\n'), 'a warning');
  faults.expect(...planted, /^console: Failed to load resource: net::ERR_CONNECTION_RESET/);
});

browserTest('axe runs under the policy of the page, and finds what is planted', async (t, { open }) => {
  const page = await open();
  await page.getByRole('heading').first().waitFor();
  t.notMatch((await axe(page)).join('\n'), 'image-alt');
  await page.evaluate(`document.body.append(document.createElement('img'))`);
  t.match((await axe(page)).join('\n'), /^image-alt: .*<img>/m);
});

browserTest('a server that was stopped is started again at its address', async (t, { open, faults }) => {
  const server = await aWebServer(t);
  const page = await open(server.url);
  const health = () => page.evaluate(`fetch('health').then(({ status }) => status, () => 'unreachable')`);
  t.equal(await health(), 200);
  await server.stop();
  t.equal(await health(), 'unreachable');
  await server.start();
  t.equal(await health(), 200);
  faults.expect(/ERR_CONNECTION_REFUSED/);
});
