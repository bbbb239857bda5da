import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join, normalize } from 'node:path';

interface Package {
  readonly debian: string;
  readonly homebrew: string;
  /** Programs of other names that will do as well. */
  readonly others?: readonly string[];
  /** What `--version` of the right one prints, where other programs go by the same name. */
  readonly version?: RegExp;
}

// Where a package is not called as its program is.
const packages: Readonly<Record<string, Package>> = {
  'redis-server': { debian: 'redis-server', homebrew: 'redis' },
  psql: { debian: 'postgresql-client', homebrew: 'libpq' },
  chromium: {
    debian: 'chromium',
    homebrew: 'chromium',
    others: ['chromium-browser', 'google-chrome', 'google-chrome-stable'],
  },
  mount: { debian: 'mount', homebrew: 'util-linux' },
  umount: { debian: 'mount', homebrew: 'util-linux' },
  unshare: { debian: 'util-linux', homebrew: 'util-linux' },
  setpriv: { debian: 'util-linux', homebrew: 'util-linux' },
  // BSD and BusyBox have a `script` too, with other options.
  script: { debian: 'bsdutils', homebrew: 'util-linux', version: /util-linux/ },
};

const isProgram = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

// Debian and Homebrew keep servers in the `sbin` beside a `bin`, which is not in everybody's PATH.
const folders = (): string[] =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => [folder, normalize(join(folder, '../sbin'))]);

/** Where a program, or one that will do as well, is: in a folder of PATH, or in the `sbin` beside one. */
export const findProgram = (name: string): string | undefined =>
  [name, ...(packages[name]?.others ?? [])]
    .flatMap((one) => folders().map((folder) => join(folder, one)))
    .find(isProgram);

/**
 * Why a test that needs a program cannot run here: `t.test(name, { skip: missingProgram('nginx') ?? false }, …)`.
 * `npm test` needs git and Node only; where all programs are installed, as in CI, a skipped test is a failed one.
 * @returns one line that says what to install, or undefined if the program is there
 */
export const missingProgram = (name: string): string | undefined => {
  const { debian, homebrew, version } = packages[name] ?? { debian: name, homebrew: name };
  const file = findProgram(name);
  const isRightOne = version === undefined || version.test(String(spawnSync(file ?? name, ['--version']).stdout));
  if (file !== undefined && isRightOne) return undefined;
  return `needs ${name}: apt-get install ${debian}, or brew install ${homebrew}`;
};
