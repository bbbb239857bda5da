import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import t, { type Test } from 'tap';
import { findProgram, missingProgram } from '../processes/programs.ts';
import { type BrowserFaults, makeBrowserFaults } from './browser-faults.ts';
import { aWebServer, type WebServer } from './web-server.ts';

/** What a test in the browser works with. */
export interface InBrowser {
  /** A server that all tests of the file share: use users of your own, and `aWebServer` for one that is to stop. */
  readonly server: WebServer;
  /**
   * Opens a window of somebody who was never here before, and waits until the page is loaded. A second window of the same
   * person is `page.context().newPage()`.
   * @param url relative to the server
   */
  open(url?: string, options?: BrowserContextOptions): Promise<Page>;
  /** The same person's browser without a window yet, such as to set it offline first. */
  profile(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** Says which errors are expected, such as `/412/`. Any other fails the test. */
  readonly faults: BrowserFaults;
}

let browser: Promise<Browser> | undefined;
let server: Promise<WebServer> | undefined;

// One for the file: each profile within it is empty, and knows nothing of the others.
const theBrowser = (): Promise<Browser> => {
  browser ??= (async () => {
    // Root, as whom containers run, cannot have Chromium's sandbox; all pages are our own.
    const launched = await chromium.launch({
      executablePath: findProgram('chromium') as string,
      chromiumSandbox: false,
    });
    t.teardown(() => launched.close());
    return launched;
  })();
  return browser;
};

const theServer = (): Promise<WebServer> => {
  server ??= aWebServer(t);
  return server;
};

/**
 * Runs a test in Chromium, or skips it with one line where there is none. It fails on every error in a page that it does not
 * expect: in the console, uncaught, or a request without a response.
 */
export const browserTest = (title: string, body: (t: Test, inBrowser: InBrowser) => Promise<void>): void => {
  t.test(title, { skip: missingProgram('chromium') ?? false }, async (t) => {
    const [browser, server] = [await theBrowser(), await theServer()];
    const faults = makeBrowserFaults();
    const profile = async (options: BrowserContextOptions = {}) => {
      const context = await browser.newContext({ baseURL: server.url, locale: 'en-GB', ...options });
      t.teardown(() => context.close());
      faults.watch(context);
      return context;
    };
    const open = async (url = '/', options: BrowserContextOptions = {}) => {
      const page = await (await profile(options)).newPage();
      await page.goto(url);
      return page;
    };
    await body(t, { server, open, profile, faults });
    t.strictSame(faults.unexpected(), [], 'no error in the browser');
  });
};
