import type { ChangeFeed } from '@taskward/application';
import type { UserId } from '@taskward/domain';
import type { Database } from '../database.ts';
import { asJob } from '../isolation/job.ts';

const intervalMilliseconds = 900;
const timeout = 5_000;

interface Watched {
  /** The owner's change counter as last seen; `undefined` before it is. */
  revision: string | undefined;
  readonly listeners: Set<() => void>;
}

/** A feed of changes, and how to end it. */
export interface PolledChangeFeed extends ChangeFeed {
  close(): void;
}

/**
 * Makes the feed of changes over PostgreSQL. Changes of other processes are found by one query a second, for all owners
 * that somebody waits for; none is sent while nobody does. It does not use LISTEN: notifying takes a global lock at each
 * commit, and does not pass a transaction pooler.
 * @param onError called when the query fails, at most once a second
 */
export const makePolledChangeFeed = (database: Database, onError: (error: unknown) => void): PolledChangeFeed => {
  const owners = new Map<UserId, Watched>();
  let timer: NodeJS.Timeout | undefined;

  const tell = ({ listeners }: Watched) => {
    for (const listener of [...listeners]) listener();
  };

  const look = async () => {
    const names = [...owners.keys()];
    const rows = await asJob(database, { timeout }, (execute) =>
      execute<{ id: UserId; revision: string }>('select id, revision from taskward.users where id = any (?)', [names]),
    );
    for (const { id, revision } of rows) {
      const watched = owners.get(id);
      if (watched === undefined || watched.revision === revision) continue;
      watched.revision = revision;
      // Also the first time: it may have changed since the subscriber looked.
      tell(watched);
    }
  };

  const schedule = () => {
    timer = setTimeout(async () => {
      await look().catch(onError);
      timer = undefined;
      if (owners.size > 0) schedule();
    }, intervalMilliseconds);
    timer.unref();
  };

  return {
    announce(owner) {
      const watched = owners.get(owner);
      if (watched !== undefined) tell(watched);
    },

    subscribe(owner, onChange) {
      const watched = owners.get(owner) ?? { revision: undefined, listeners: new Set() };
      owners.set(owner, watched);
      watched.listeners.add(onChange);
      if (timer === undefined) schedule();
      return () => {
        watched.listeners.delete(onChange);
        if (watched.listeners.size === 0) owners.delete(owner);
      };
    },

    close() {
      clearTimeout(timer);
      owners.clear();
    },
  };
};
