import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

const SQLITE_BUSY = 5;
const held: DatabaseSync[] = [];

/**
 * Takes a lock that this process holds until it ends, or waits for it until `giveUp` says otherwise.
 *
 * Node has no `flock`, and a lock made of files or sockets outlives a process that was killed. SQLite, which comes with
 * Node, locks the file through the operating system on every platform, so the lock cannot be left behind.
 */
export async function acquireLock(file: string, giveUp: () => boolean): Promise<boolean> {
  const lock = new DatabaseSync(file);
  // A collected handle would be a released lock.
  held.push(lock);
  for (;;) {
    try {
      // In memory, so that a killed keeper leaves no journal file to be replayed.
      lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
      return true;
    } catch (error) {
      if ((error as { errcode?: number }).errcode !== SQLITE_BUSY) throw error;
    }
    if (giveUp()) return false;
    await sleep(10);
  }
}
