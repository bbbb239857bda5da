import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { root } from '../repository/workspace.ts';

/** The widths in which pages are looked at, in CSS pixels. */
export const widths = { narrow: 320, tablet: 768, wide: 1280 } as const;

const height = 800;

/**
 * Takes pictures of a page as it is now, at each width and in both colour schemes, if `TASKWARD_SCREENSHOTS` names a folder to
 * put them in, relative to the repository's root: `name-narrow-dark.png`. The page has the widest and the light one afterwards.
 */
export const takeScreenshots = async (page: Page, name: string): Promise<void> => {
  const folder = process.env.TASKWARD_SCREENSHOTS;
  if (!folder) return;
  mkdirSync(join(root, folder), { recursive: true });
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const [size, width] of Object.entries(widths)) {
      await page.setViewportSize({ width, height });
      await page.screenshot({ path: join(root, folder, `${name}-${size}-${colorScheme}.png`), animations: 'disabled' });
    }
  }
};
