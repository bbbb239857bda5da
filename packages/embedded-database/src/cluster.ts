import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Account, commandLine, run, stopPostgres } from './commands.ts';
import { EmbeddedDatabaseError } from './errors.ts';
import type { Placement } from './placement.ts';

export const SUPERUSER = 'taskward';

/** PostgreSQL's data directory (`data`) and superuser password, ready to start a server on. */
export interface Cluster extends Placement {
  data: string;
  password: string;
}

/**
 * Creates the cluster on the first start, checks it on later ones, and stops a server that a killed process left running.
 * The caller holds the lock of the directory (see keeper.ts), so no other process works here.
 * @param isDurable whether the files are synced to disk; tests do without
 */
export async function prepareCluster(placement: Placement, isDurable: boolean): Promise<Cluster> {
  const { cluster, binaries, account } = placement;
  const data = join(cluster, 'data');
  await removeUnfinished(cluster);
  if (!existsSync(cluster)) await createCluster(placement, isDurable);

  const fresh = 'move it away (or delete it) to start with an empty database';
  const madeBy = (await readFile(join(data, 'PG_VERSION'), 'utf8').catch(() => '')).trim();
  const password = await readFile(join(cluster, 'password'), 'utf8').catch(() => '');
  if (!madeBy || !password) throw new EmbeddedDatabaseError(`There is no complete database in ${cluster}: ${fresh}.`);
  const ours = binaries.version.split('.')[0];
  if (madeBy !== ours) {
    throw new EmbeddedDatabaseError(
      `The database in ${cluster} was made by PostgreSQL ${madeBy}, and PostgreSQL ${ours}, which is installed here, cannot ` +
        `read it: ${fresh}, or go back to the version of this project that made it.`,
    );
  }
  if (account && (await stat(data)).uid === 0) await giveTo(account, cluster);
  await stopLeftover(data, binaries.pgCtl);
  return { ...placement, data, password };
}

/** Works in a temporary directory and renames it at the end, so that a killed start leaves no incomplete cluster. */
async function createCluster({ cluster, binaries, account }: Placement, isDurable: boolean) {
  const unfinished = await mkdtemp(`${cluster}.new-`);
  try {
    const passwordFile = join(unfinished, 'password');
    await writeFile(passwordFile, randomBytes(24).toString('hex'), { mode: 0o600 });
    if (account) await giveTo(account, unfinished);
    const { ok, output } = await run(
      binaries.initdb,
      [
        `--pgdata=${join(unfinished, 'data')}`,
        `--username=${SUPERUSER}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // The built-in provider: sorting and case folding do not depend on the machine's locales.
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        ...(isDurable ? [] : ['--no-sync']),
      ],
      account,
    );
    if (!ok) throw new Error(`initdb: ${lastLines(output)}`);
    await rename(unfinished, cluster);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}

async function removeUnfinished(cluster: string) {
  for (const name of await readdir(dirname(cluster))) {
    if (!name.startsWith(`${basename(cluster)}.new-`)) continue;
    // The keeper is the process that owns the database (keeper.ts). If it was killed, its initdb may still write here: that
    // initdb fails once its files are gone, and what is left is removed at the next start.
    await rm(join(dirname(cluster), name), { recursive: true, force: true, maxRetries: 5, retryDelay: 20 }).catch(
      () => {},
    );
  }
}

async function giveTo({ uid, gid }: Account, directory: string) {
  await chown(directory, uid, gid);
  for (const name of await readdir(directory, { recursive: true })) await chown(join(directory, name), uid, gid);
}

/** Stops a server, or cleans up a pid file, that a killed keeper left behind. */
async function stopLeftover(data: string, pgCtl: string) {
  const file = join(data, 'postmaster.pid');
  const [first, ...rest] = (await readFile(file, 'utf8').catch(() => '')).split('\n');
  const pid = Number(first);
  if (!(pid > 0)) return;
  const isPostgresHere = async () => (await commandLine(pid)).includes(`postgres -D ${data} `);
  await stopPostgres(pid, pgCtl, async () => !(await isPostgresHere()));
  // Another program may have the pid by now, and PostgreSQL would take it for a running server. PostgreSQL ignores its parent's
  // pid, and its parent is this process. The file is not deleted: PostgreSQL finds orphaned backends by its other lines.
  if (existsSync(file)) await writeFile(file, [process.pid, ...rest].join('\n'));
}

export const lastLines = (output: string, count = 5) => output.trim().split('\n').slice(-count).join(' / ');
