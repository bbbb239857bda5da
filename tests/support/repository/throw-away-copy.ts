import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runScript } from '../processes/clean-process.ts';
import { readJson, root } from './workspace.ts';

/** What a tool said and how it ended. */
export interface Verdict {
  readonly ok: boolean;
  readonly output: string;
  /** Whether it said this, of a certain file if that is given, wherever it broke its lines. */
  says(sentence: string, file?: string): boolean;
}

/** A copy of the repository in which violations can be planted. */
export interface Copy {
  /** Where it is. */
  readonly folder: string;
  /** Runs one of the repository's tools in the copy. */
  run(command: string): Promise<Verdict>;
  /** Writes or changes files for as long as `work` takes, then puts back what was there. */
  having<T>(changes: Readonly<Record<string, string | ((text: string) => string)>>, work: () => Promise<T>): Promise<T>;
}

interface Scope {
  teardown(remove: () => void): void;
}

const rootFiles = [
  'package.json',
  'package-lock.json',
  'turbo.json',
  'biome.json',
  'tsconfig.base.json',
  'tsconfig.json',
  '.gitignore',
];

// Of the tests only manifests: they are not what the rules guard.
const folders = ['packages', 'apps', 'bench', 'tests/package.json', 'tests/turbo.json'];

const isCopied = (path: string): boolean => !/[\\/](node_modules|dist|\.turbo|\.tap)$/.test(path);

// Libraries are the repository's own, while our packages are those of the copy.
const linkLibraries = (copy: string): void => {
  const scope = '@taskward';
  const from = join(root, 'node_modules');
  mkdirSync(join(copy, 'node_modules', scope), { recursive: true });
  for (const name of readdirSync(from)) {
    if (name !== scope) symlinkSync(join(from, name), join(copy, 'node_modules', name), 'junction');
  }
  for (const parent of ['packages', 'apps']) {
    for (const folder of readdirSync(join(copy, parent))) {
      symlinkSync(join(copy, parent, folder), join(copy, 'node_modules', scope, folder), 'junction');
    }
  }
  if (!existsSync(join(copy, 'tests/support'))) return;
  symlinkSync(join(root, 'tests/node_modules'), join(copy, 'tests/node_modules'), 'junction');
};

const binaryOf = (tool: string): string => {
  const name = { biome: '@biomejs/biome', tsc: 'typescript' }[tool] ?? tool;
  const { bin } = readJson<{ bin: Record<string, string> }>(`node_modules/${name}/package.json`);
  return join(root, 'node_modules', name, bin[tool] as string);
};

// Turbo draws long sentences over several lines of a box, and breaks them inside names too.
const unbroken = (text: string): string => text.replace(/[\s|]+/g, '');

// Turbo begins each finding with an ×, other tools with its file.
const failuresIn = (output: string): string[] =>
  output.split(output.includes('turbo') ? /^ {2}[x×] /m : /^(?=\S+\.ts[(:]|::error )/m);

const environment = {
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  TURBO_TELEMETRY_DISABLED: '1',
  DO_NOT_TRACK: '1',
  NO_COLOR: '1',
};

/**
 * Copies the repository's own files to a temporary folder, which is removed when the test ends.
 * @param more further folders and files to copy, such as `tests`
 */
export const aThrowAwayCopy = (scope: Scope, more: readonly string[] = []): Copy => {
  const copy = mkdtempSync(join(tmpdir(), 'taskward-copy-'));
  scope.teardown(() => rmSync(copy, { recursive: true, force: true }));
  for (const path of [...rootFiles, ...folders, ...more]) {
    cpSync(join(root, path), join(copy, path), { recursive: true, filter: isCopied });
  }
  linkLibraries(copy);

  return {
    folder: copy,

    run: async (command) => {
      const [tool = '', ...args] = command.split(' ');
      const { code, out, err } = await runScript([binaryOf(tool), ...args], { cwd: copy, env: environment });
      const output = `${out}\n${err}`;
      const failures = failuresIn(output).map(unbroken);
      const says = (sentence: string, file = '') =>
        failures.some((failure) => failure.includes(unbroken(sentence)) && failure.includes(unbroken(file)));
      return { ok: code === 0, output, says };
    },

    async having(changes, work) {
      const before = Object.keys(changes).map((path) => {
        const file = join(copy, path);
        try {
          return { file, text: readFileSync(file, 'utf8') };
        } catch {
          return { file, text: undefined };
        }
      });
      try {
        Object.values(changes).forEach((change, index) => {
          const { file, text } = before[index] as (typeof before)[number];
          if (typeof change === 'function' && text === undefined) throw new Error(`there is no ${file} to change`);
          mkdirSync(dirname(file), { recursive: true });
          writeFileSync(file, typeof change === 'string' ? change : change(text as string));
        });
        return await work();
      } finally {
        for (const { file, text } of before) {
          if (text === undefined) rmSync(file, { force: true });
          else writeFileSync(file, text);
        }
      }
    },
  };
};
