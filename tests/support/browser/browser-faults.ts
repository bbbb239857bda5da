import type { BrowserContext } from 'playwright-core';

/** What goes wrong in a browser's pages and is not expected to. */
export interface BrowserFaults {
  /** Notes everything that goes wrong in the pages of a context from now on. */
  watch(context: BrowserContext): void;
  /** Says that something is expected: what is noted is not reported if it matches. */
  expect(...patterns: readonly RegExp[]): void;
  /** Returns what was noted and not expected, a line each. */
  unexpected(): string[];
}

/**
 * Makes a list of errors in the console, uncaught errors and requests without a response. Chromium writes a response of 400 or
 * more to the console too. A request that the page itself gives up is no fault.
 */
export const makeBrowserFaults = (): BrowserFaults => {
  const noted: string[] = [];
  const expected: RegExp[] = [];
  return {
    watch(context) {
      context.on('console', (message) => {
        if (message.type() === 'error') noted.push(`console: ${message.text()} (${message.location().url})`);
      });
      context.on('weberror', (error) => noted.push(`uncaught: ${error.error().stack ?? error.error().message}`));
      context.on('requestfailed', (request) => {
        const why = request.failure()?.errorText ?? 'no reason given';
        if (why !== 'net::ERR_ABORTED') noted.push(`failed: ${request.method()} ${request.url()}: ${why}`);
      });
    },
    expect(...patterns) {
      expected.push(...patterns);
    },
    unexpected: () => noted.filter((line) => !expected.some((pattern) => pattern.test(line))),
  };
};
