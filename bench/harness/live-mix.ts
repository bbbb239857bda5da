import type { Size } from './data.ts';
import { collectionOf, type Server } from './peers.ts';
import { BenchError } from './processes.ts';
import { openStreams } from './streams.ts';
import { signedIn, userId, writeUsers } from './users.ts';

// What a front end has that a mix of requests alone does not: a cursor of the changes that it has seen, and a live stream.

/** The number of streams that are open beside a mix. */
export const streamsBesideMix = 16;
const pageLength = 500;
const atOnce = 16;

interface ChangesPage {
  readonly cursor: string;
  readonly has_more: boolean;
}

/** Follows a user's changes to their end. @returns the cursor there, or `undefined` if the server has no changes */
export const catchUp = async (server: Server, user: string, from?: string): Promise<string | undefined> => {
  const headers = signedIn(user);
  for (let cursor = from; ; ) {
    const since = cursor === undefined ? '' : `&since=${encodeURIComponent(cursor)}`;
    const response = await fetch(`${server.url}${collectionOf(user)}/changes?limit=${pageLength}${since}`, { headers });
    if (response.status !== 200) {
      await response.arrayBuffer();
      if (cursor === undefined) return undefined;
      throw new BenchError(`${server.peer.name} answered a request for changes with ${response.status}.`);
    }
    const page = (await response.json()) as ChangesPage;
    if (!page.has_more) return page.cursor;
    cursor = page.cursor;
  }
};

/**
 * Makes what prepares a server for the mix: it writes the users, each with their cursor as it is now, and opens the streams. Servers
 * without changes have neither.
 * @param file the path of the file of users
 * @returns a function to call before each measurement, which returns one to call after it
 */
export const makeMixPreparation = (server: Server, file: string, { users }: Pick<Size, 'users'>) => {
  const all = Array.from({ length: users }, (_, index) => userId(index + 1));
  const cursors = new Map<string, string>();
  const catchAllUp = async () => {
    const left = all.values();
    const follow = async () => {
      for (const user of left) {
        const cursor = await catchUp(server, user, cursors.get(user));
        if (cursor !== undefined) cursors.set(user, cursor);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, follow));
  };
  return async (): Promise<(() => Promise<void>) | undefined> => {
    if (server.peer.ids === 'own') await catchAllUp();
    writeUsers(file, users, cursors);
    if (cursors.size === 0) return undefined;
    const streams = await openStreams(server.url, all.slice(0, streamsBesideMix));
    return () => streams.close();
  };
};
