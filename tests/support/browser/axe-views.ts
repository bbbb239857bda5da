import type { Page } from 'playwright-core';
import { axe } from './axe.ts';
import { widths } from './screenshots.ts';

const views = [
  { width: widths.narrow, colorScheme: 'light' },
  { width: widths.narrow, colorScheme: 'dark' },
  { width: widths.wide, colorScheme: 'dark' },
  { width: widths.wide, colorScheme: 'light' },
] as const;

/**
 * Returns what keeps people with disabilities from using a page as it is now, in both colour schemes, narrow and wide: a line
 * each, with where it is so. A page that is wider than its window is reported, too.
 */
export const axeInAllViews = async (page: Page): Promise<string[]> => {
  const found: string[] = [];
  for (const { width, colorScheme } of views) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 800 });
    const where = `${width} px, ${colorScheme}`;
    for (const line of await axe(page)) found.push(`${where}: ${line}`);
    const needed = await page.evaluate('document.documentElement.scrollWidth');
    if (Number(needed) > width) found.push(`${where}: the page is ${needed} px wide`);
  }
  return found;
};
