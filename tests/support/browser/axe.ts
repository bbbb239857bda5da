import axeCore, { type RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

interface AxeGlobal {
  readonly axe: typeof axeCore;
}

/**
 * Returns what keeps people with disabilities from using a page as it is now, a line each: the rule, its help, and the
 * elements. The page's policy forbids further scripts; the browser's debugger may run one all the same.
 */
export const axe = async (page: Page, options: RunOptions = {}): Promise<string[]> => {
  // In the middle of a transition, colours are none that stay. The types of windows are not those of the tests.
  await page.evaluate(`Promise.all(document.getAnimations()
    .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
    .map(({ finished }) => finished.catch(() => {})))`);
  await page.evaluate(axeCore.source);
  const { violations } = await page.evaluate((given) => (globalThis as unknown as AxeGlobal).axe.run(given), options);
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' ')}`);
};
