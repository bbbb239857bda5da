import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

const SQLITE_BUSY = 5;
const held: DatabaseSync[] = [];

/**
 * Waits for a lock, which this process then holds until it exits, or until `giveUp` returns true.
 *
 * Node has no `flock`, and lock files or sockets outlive a killed process. SQLite, which comes with Node, uses the
 * operating system's file locks on every platform, so a killed process always releases it.
 */
export async function acquireLock(file: string, giveUp: () => boolean): Promise<boolean> {
  const lock = new DatabaseSync(file);
  // Keep a reference: garbage collection would release the lock.
  held.push(lock);
  for (;;) {
    try {
      // An in-memory journal, so that a killed keeper leaves no journal file.
      lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
      return true;
    } catch (error) {
      if ((error as { errcode?: number }).errcode !== SQLITE_BUSY) throw error;
    }
    if (giveUp()) return false;
    await sleep(10);
  }
}
