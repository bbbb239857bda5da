import type { ChangeFeed } from '@taskward/application';
import type { UserId } from '@taskward/domain';
import type { Database } from '../../database.ts';
import { asJob } from '../../isolation/job.ts';

// With the time that the query takes, a change is found within a second.
const intervalMilliseconds = 900;
const timeout = 5_000;
// Owners whose changes are announced within this time are told together: then their reads share transactions, and those of
// one owner are one.
const gatherMilliseconds = 20;

interface Watched {
  /** The owner's change counter as last seen; `undefined` while there is none. */
  revision: number | undefined;
  readonly listeners: Set<(revision?: number) => void>;
}

/** A feed of changes, and how to end it. */
export interface PolledChangeFeed extends ChangeFeed {
  close(): void;
}

/** Whether the query of the feed works; called when that changes. */
export type OnOutage = (error: unknown) => void;

const selectRevisions = 'select id, revision from taskward.users where id = any (?)';

/**
 * Makes the feed of changes over PostgreSQL. What this process announces is told within 20 ms. Changes of other processes are
 * found by one query a second, for all owners that somebody waits for; none is sent while nobody does. It does not use
 * LISTEN: notifying takes a global lock at each commit, and does not pass a transaction pooler.
 * @param onOutage called with the error when the query begins to fail, and with `undefined` when it works again
 */
export const makePolledChangeFeed = (database: Database, onOutage: OnOutage = () => {}): PolledChangeFeed => {
  const owners = new Map<UserId, Watched>();
  const announced = new Set<UserId>();
  let timer: NodeJS.Timeout | undefined;
  let gathering: NodeJS.Timeout | undefined;
  let isFailing = false;

  const tell = ({ listeners }: Watched, revision?: number) => {
    for (const listener of [...listeners]) listener(revision);
  };

  const look = async () => {
    const names = [...owners.keys()];
    const rows = await asJob(database, { timeout }, (execute) =>
      execute<{ id: UserId; revision: string }>(selectRevisions, [names]),
    );
    const found = new Map(rows.map(({ id, revision }) => [id, Number(revision)]));
    for (const name of names) {
      const watched = owners.get(name);
      const revision = found.get(name);
      if (watched === undefined || watched.revision === revision) continue;
      watched.revision = revision;
      // Also the first time: it may have changed since the subscriber looked. Without one the user was erased.
      tell(watched, revision ?? 0);
    }
  };

  const lookAndNote = async () => {
    try {
      await look();
      if (isFailing) onOutage(undefined);
      isFailing = false;
    } catch (error) {
      if (!isFailing && owners.size > 0) onOutage(error);
      isFailing = true;
    }
  };

  const schedule = () => {
    timer = setTimeout(async () => {
      await lookAndNote();
      timer = undefined;
      if (owners.size > 0) schedule();
    }, intervalMilliseconds);
    timer.unref();
  };

  const tellAnnounced = () => {
    gathering = undefined;
    const told = [...announced];
    announced.clear();
    for (const owner of told) {
      const watched = owners.get(owner);
      if (watched !== undefined) tell(watched);
    }
  };

  return {
    announce(owner) {
      if (!owners.has(owner)) return;
      announced.add(owner);
      gathering ??= setTimeout(tellAnnounced, gatherMilliseconds).unref();
    },

    subscribe(owner, onChange) {
      const listener = (revision?: number) => onChange(revision);
      const watched = owners.get(owner) ?? { revision: undefined, listeners: new Set() };
      owners.set(owner, watched);
      watched.listeners.add(listener);
      if (timer === undefined) schedule();
      return () => {
        watched.listeners.delete(listener);
        if (watched.listeners.size === 0 && owners.get(owner) === watched) owners.delete(owner);
      };
    },

    close() {
      clearTimeout(timer);
      clearTimeout(gathering);
      owners.clear();
    },
  };
};
