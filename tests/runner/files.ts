import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';

// These wait most of the time: for a server to start, to freeze, to come back, or for a time-out to pass.
const waiting = [
  /^tests\/(cluster|embedded-database|faults|rate-limit|process)\//,
  /^tests\/http\/slow-clients\./,
  /^tests\/config\/start-errors\./,
  /^tests\/postgres\/locks\./,
];

// The longest come first, so that none is left to run alone in the end.
const longest = [
  'tests/security/isolation.test.ts',
  'tests/architecture/without-compatibility.test.ts',
  'tests/architecture/boundaries.test.ts',
  'tests/security/owner-filters-tasks.test.ts',
  'tests/security/owner-filters-others.test.ts',
  'tests/conformance/',
  'tests/security/',
  'tests/model/',
  'tests/http/',
  'tests/cli/',
  'tests/better-auth/',
];

const rank = (file: string): number => {
  const place = longest.findIndex((one) => file.startsWith(one));
  return place === -1 ? longest.length : place;
};

/** Whether a test file spends its time waiting rather than working. */
export const isWaiting = (file: string): boolean => waiting.some((one) => one.test(file));

// What a machine has to be prepared for: run where it is named, and otherwise not even skipped.
const onRequest = 'tests/citus';

/**
 * The test files of files and folders, in the order in which they are best run.
 * @param paths relative to `root`; everything if there are none
 * @throws Error where there is no such file
 */
export const testFiles = (root: string, paths: readonly string[]): string[] => {
  const within = (path: string): string[] => {
    const stats = statSync(join(root, path), { throwIfNoEntry: false });
    if (stats === undefined) throw new Error(`There is no file or folder ${path}.`);
    return stats.isDirectory() ? globSync(join(path, '**/*.test.ts'), { cwd: root }) : [path];
  };
  const found = (paths.length === 0 ? ['tests'] : paths)
    .flatMap(within)
    .map((file) => file.replaceAll('\\', '/').replace(/^\.\//, ''))
    .filter((file) => !file.includes('node_modules/'))
    .filter(
      (file) =>
        !file.startsWith(`${onRequest}/`) || paths.some((path) => path.replace(/^\.\//, '').startsWith(onRequest)),
    );
  return [...new Set(found)].sort((one, other) => rank(one) - rank(other) || one.localeCompare(other, 'en'));
};
