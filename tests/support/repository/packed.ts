import { existsSync, realpathSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { type Ending, runScript } from '../processes/clean-process.ts';
import { root } from './workspace.ts';

const { PATH = '', HOME, npm_execpath } = process.env;

// npm sets npm_execpath for its scripts, such as `npm test`.
const npmScript = (): string => {
  if (npm_execpath?.endsWith('.js')) return npm_execpath;
  const found = PATH.split(delimiter)
    .map((folder) => join(folder, 'npm'))
    .find(existsSync);
  if (found === undefined) throw new Error('There is no npm on the PATH.');
  return realpathSync(found);
};

const run = async (cwd: string, args: string[], env: Record<string, string> = {}): Promise<Ending> => {
  const path = [dirname(process.execPath), PATH].join(delimiter);
  return runScript(args, { cwd, env: { PATH: path, HOME, ...env } });
};
const npm = (cwd: string, ...args: string[]) =>
  run(cwd, [npmScript(), ...args, '--offline', '--no-audit', '--no-fund']);

interface Scope {
  teardown(remove: () => Promise<void>): void;
}

/** A project outside this repository that has one of its packages installed. */
export interface Project {
  readonly folder: string;
  /** Runs Node in the project. */
  run(args: string[], env?: Record<string, string>): Promise<Ending>;
  /** The names of the installed packages, or scopes. */
  installed(): Promise<string[]>;
  /** The files of the installed package, by their paths. */
  files(): Promise<string[]>;
}

/**
 * Packs a workspace as for the registry and installs it, offline, into a new project. Removed when the test ends.
 * @param workspace its folder: `packages/client`
 */
export const aProjectWith = async (scope: Scope, workspace: string): Promise<Project> => {
  const temporary = await mkdtemp(join(tmpdir(), 'taskward-package-'));
  scope.teardown(() => rm(temporary, { recursive: true, force: true }));
  const folder = join(temporary, 'project');
  const packed = await npm(root, 'pack', '--workspace', workspace, '--pack-destination', temporary);
  const [tarball] = (await readdir(temporary)).filter((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error(`nothing was packed: ${packed.out}${packed.err}`);
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'elsewhere', private: true, type: 'module' }));
  const installed = await npm(folder, 'install', join(temporary, tarball));
  if (installed.code !== 0) throw new Error(`it could not be installed: ${installed.out}${installed.err}`);
  const modules = join(folder, 'node_modules');
  const own = join(modules, '@taskward', workspace.split('/')[1] as string);
  return {
    folder,
    run: (args, env) => run(folder, args, env),
    installed: async () => (await readdir(modules)).filter((name) => !name.startsWith('.')),
    files: async () => (await readdir(own, { recursive: true })).map((file) => file.replaceAll('\\', '/')),
  };
};
