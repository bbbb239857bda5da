import type { Page } from 'playwright-core';
import type { Test } from 'tap';
import { browserTest } from '../support/browser/browser-test.ts';
import { aPrefixProxy } from '../support/browser/prefix-proxy.ts';
import { aWebServer } from '../support/browser/web-server.ts';

const showsThePage = async (t: Test, page: Page) => {
  await page.getByRole('heading').first().waitFor();
  t.equal(await page.title(), 'Taskward');
  const config = await page.evaluate(`fetch('web-app.json').then((response) => response.json())`);
  t.strictSame(config, { api: '', signIn: { kind: 'development', users: ['demo', 'ada'] } });
};

browserTest('GET / · shows the page, all of it from this server', async (t, { profile }) => {
  const context = await profile();
  const origins = new Set<string>();
  context.on('request', (request) => origins.add(new URL(request.url()).origin));
  const page = await context.newPage();
  await page.goto('/');
  await showsThePage(t, page);
  t.strictSame([...origins], [new URL(page.url()).origin]);
});

browserTest('GET / · shows the page under a path, whether or not the proxy says which', async (t, { open, server }) => {
  await showsThePage(t, await open(await aPrefixProxy(t, server.url, '/svc')));
  const told = await aWebServer(t, { TRUSTED_PROXIES: '127.0.0.1,::1' });
  const forwarded = { 'x-forwarded-prefix': '/one/two' };
  await showsThePage(t, await open(await aPrefixProxy(t, told.url, '/one/two', forwarded)));
});

browserTest(
  'the policy · an inline script and style, and one from elsewhere, are blocked',
  async (t, { open, faults }) => {
    const page = await open();
    const blocked = await page.evaluate(`(async () => {
    const violations = [];
    const allSeen = new Promise((resolve) => {
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
        if (violations.push(effectiveDirective) === 4) resolve();
      });
    });
    const inline = document.createElement('script');
    inline.textContent = 'globalThis.planted = true';
    const foreign = document.createElement('script');
    foreign.src = 'https://elsewhere.example/script.js';
    const style = document.createElement('style');
    style.textContent = 'body { color: rgb(1, 2, 3) }';
    document.head.append(inline, foreign, style);
    fetch('https://elsewhere.example/').catch(() => {});
    await allSeen;
    return { violations, planted: globalThis.planted, color: getComputedStyle(document.body).color };
  })()`);
    t.match(blocked, { planted: undefined, color: /^(?!rgb\(1, 2, 3\))/ });
    const { violations } = blocked as { violations: string[] };
    t.strictSame(violations.sort(), ['connect-src', 'script-src-elem', 'script-src-elem', 'style-src-elem']);
    faults.expect(/Content Security Policy/, /^failed: GET https:\/\/elsewhere\.example\/.*csp/);
  },
);
