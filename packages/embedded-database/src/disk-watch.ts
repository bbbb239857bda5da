import { appendFile, chown, readFile, rename, stat, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cluster } from './cluster.ts';

const LOOK_EVERY = 1_000;
const MEBIBYTE = 1024 * 1024;

/** Below so many bytes changes are refused: PostgreSQL needs room for its log, or it crashes. */
export const LOW_SPACE = 64 * MEBIBYTE;
/** From so many bytes on they are accepted again. */
const ENOUGH_SPACE = 80 * MEBIBYTE;

const INCLUDED = 'full-disk.conf';
const PREPARED = `${INCLUDED}.off`;

/** What the watch finds out, and what it acts on. */
export interface DiskWatch {
  /** The running server; undefined while it starts. */
  server(): { readonly pid: number | undefined; reload(): void } | undefined;
  /** Called with a sentence when changes are refused, and with undefined when they are accepted again. */
  onSpace(sentence: string | undefined): void;
  /** Called once if somebody has removed or replaced the files of the running server. */
  onRemoved(): void;
}

/** How many bytes are left for a directory; none if it does not exist. */
export const spaceLeft = async (directory: string): Promise<number> => {
  const found = await statfs(directory).catch(() => undefined);
  return found === undefined ? 0 : found.bavail * found.bsize;
};

/**
 * Prepares a setting that can be switched on by renaming a file, which works on a full disk too. Called before the server
 * starts.
 */
export const prepareDiskWatch = async ({ data, account }: Cluster): Promise<void> => {
  const configuration = join(data, 'postgresql.conf');
  const include = `include_if_exists = '${INCLUDED}'`;
  if (!(await readFile(configuration, 'utf8')).includes(include)) await appendFile(configuration, `\n${include}\n`);
  const prepared = join(data, PREPARED);
  await rename(join(data, INCLUDED), prepared).catch(() => writeFile(prepared, 'default_transaction_read_only = on\n'));
  if (account) await chown(prepared, account.uid, account.gid);
};

/** Looks once a second at the disk and the files of a cluster. */
export const watchDisk = (cluster: Cluster, { server, onSpace, onRemoved }: DiskWatch): void => {
  const { data } = cluster;
  let isFull = false;
  let isMissing = false;

  const refuseChanges = async (refused: boolean): Promise<void> => {
    const [from, to] = refused ? [PREPARED, INCLUDED] : [INCLUDED, PREPARED];
    await rename(join(data, from), join(data, to));
    server()?.reload();
    isFull = refused;
  };
  const lookAtSpace = async (): Promise<void> => {
    const left = await spaceLeft(data);
    if (isFull ? left < ENOUGH_SPACE : left >= LOW_SPACE) return;
    await refuseChanges(!isFull);
    const megabytes = Math.floor(left / MEBIBYTE);
    onSpace(
      isFull
        ? `The disk that holds the embedded database has ${megabytes} MB left, so changes are refused: free some space ` +
            `for ${data}. From ${ENOUGH_SPACE / MEBIBYTE} MB on they are accepted again.`
        : undefined,
    );
  };
  // A server whose files are gone must not go on: when it ends, it would remove the files of the next one.
  const isRemoved = async (pid: number): Promise<boolean> => {
    const [first] = (await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
    return Number(first) !== pid || (await stat(join(data, 'PG_VERSION')).catch(() => undefined)) === undefined;
  };
  const look = async (): Promise<void> => {
    const before = server();
    if (before?.pid !== undefined) {
      const removed = await isRemoved(before.pid);
      if (removed && isMissing && server()?.pid === before.pid) return onRemoved();
      isMissing = removed;
      if (!removed) await lookAtSpace();
    }
    setTimeout(repeat, LOOK_EVERY);
  };
  const repeat = () => void look().catch(() => setTimeout(repeat, LOOK_EVERY));
  setTimeout(repeat, LOOK_EVERY);
};
