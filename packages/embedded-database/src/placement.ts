import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Binaries, copyBinaries, findBinaries } from './binaries.ts';
import { type Account, run } from './commands.ts';
import { EmbeddedDatabaseError, notYours, OWN_SERVER } from './errors.ts';

const SYSTEM_DIRECTORY = '/var/lib/taskward';

/** The user, programs and cluster of a server. */
export interface Placement {
  binaries: Binaries;
  /** Directory with PostgreSQL's data directory and its password. */
  cluster: string;
  account?: Account;
}

/**
 * Decides where the data and programs for `directory` are: in the project, unless this process runs as root. PostgreSQL
 * refuses to run as root, and the user that runs it instead may have no access to the project.
 */
export async function placeDatabase(directory: string, notice: (line: string) => void): Promise<Placement> {
  const binaries = await findBinaries();
  await assertRuns(binaries);
  const cluster = join(directory, 'postgres');
  const owner = await ownerOf(cluster);
  if (process.getuid?.() !== 0) {
    if (process.getuid && owner && owner.uid !== process.getuid()) throw notYours(directory, `user ${owner.uid}'s`);
    return { binaries, cluster };
  }

  const elsewhere = join(SYSTEM_DIRECTORY, createHash('sha256').update(directory).digest('hex').slice(0, 16));
  const relocated = join(elsewhere, 'postgres');
  const isRelocated = existsSync(relocated);
  const account = ordinary(owner ?? (await ownerOf(relocated))) ?? (await findAccount());
  const placement: Placement = { binaries, cluster, account };

  if (!(await run(binaries.postgres, ['-V'], account)).ok) {
    await openDirectory(SYSTEM_DIRECTORY);
    placement.binaries = await copyBinaries(binaries, SYSTEM_DIRECTORY);
    await assertRuns(placement.binaries, account);
  }
  if (isRelocated || !(await run('/bin/sh', ['-c', 'cd "$1"', 'sh', directory], account)).ok) {
    if (existsSync(cluster) && !isRelocated) {
      throw new EmbeddedDatabaseError(
        `The operating-system user ${account.name}, who must run the embedded database, can no longer enter ${directory}: ` +
          `let them in with chmod o+x on each directory of that path, or move the data with: ` +
          `mkdir -p ${elsewhere} && mv '${cluster}' ${elsewhere}/`,
      );
    }
    await openDirectory(elsewhere);
    placement.cluster = relocated;
  }
  const isDataMoved = placement.cluster !== cluster;
  if (isDataMoved || placement.binaries !== binaries) {
    notice(
      `PostgreSQL does not run as root, and the operating-system user ${account.name}, who runs it instead, cannot enter ` +
        `this directory, so ${isDataMoved ? `the data is kept in ${relocated}` : `it is kept in ${placement.binaries.root}`}.`,
    );
  }
  return placement;
}

async function openDirectory(path: string) {
  await mkdir(path, { recursive: true });
  await chmod(path, 0o755);
}

/** Fails early if a library is missing, the C library differs, or this process may not switch users. */
async function assertRuns({ postgres }: Binaries, account?: Account) {
  const { ok, output } = await run(postgres, ['-V'], account);
  if (ok) return;
  const as = account ? ` as the operating-system user ${account.name}` : '';
  throw new EmbeddedDatabaseError(
    `The embedded PostgreSQL does not run on this system${as} (${output}): ${OWN_SERVER}.`,
  );
}

async function ownerOf(cluster: string): Promise<Account | undefined> {
  const owner = await stat(join(cluster, 'data')).catch(() => undefined);
  return owner && { name: `with the id ${owner.uid}`, uid: owner.uid, gid: owner.gid };
}

/** Data of an ordinary user stays theirs when root starts the project. */
const ordinary = (owner: Account | undefined) => (owner?.uid === 0 ? undefined : owner);

async function findAccount(): Promise<Account> {
  const account = (await lookUp('postgres')) ?? (await lookUp('nobody'));
  if (account) return account;
  throw new EmbeddedDatabaseError(
    `PostgreSQL does not run as root, and there is no operating-system user to run it: make one with useradd postgres, or ${OWN_SERVER}.`,
  );
}

async function lookUp(name: string): Promise<Account | undefined> {
  const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
  return uid.ok && gid.ok ? { name, uid: Number(uid.output), gid: Number(gid.output) } : undefined;
}
