import { setTimeout as pause } from 'node:timers/promises';
import { type Follower, isUseCaseError } from '@taskward/application';
import type { ToolContext } from '../calls/tool.ts';
import { idOf, uriOf } from './task-resource.ts';

const outageMilliseconds = 1_000;

/** The tasks of whose changes a client wants to be told. */
export interface Subscriptions {
  /** @throws DomainError `task/not-found`; ApplicationError `database/unavailable`; ProtocolError */
  subscribe(uri: string): Promise<void>;
  unsubscribe(uri: string): Promise<void>;
  /** Ends all of them, with the connection. */
  end(): void;
}

interface Following {
  follower: Follower;
  hasEnded: boolean;
}

/**
 * Makes the subscriptions of one connection. While there are any, the owner's changes are followed once for all of them.
 * @param notify tells the client that a resource has changed, or was deleted
 * @param onFault gets what is not in the catalogue of errors
 */
export const makeSubscriptions = (
  { useCases, actor, owner }: ToolContext,
  notify: (uri: string) => Promise<void>,
  onFault: (error: unknown) => void,
): Subscriptions => {
  const ids = new Set<number>();
  let current: Promise<Following> | undefined;

  const begin = () => useCases.followChanges(actor, { owner });
  const tell = async (changed: Iterable<number>) => {
    for (const id of changed) if (ids.has(id)) await notify(uriOf(id));
  };
  // Goes on with what changes now. What was missed may be any of them.
  const beginAgain = async (following: Following) => {
    following.follower = await begin();
    if (following.hasEnded) following.follower.end();
    else await tell(ids);
  };
  const tellNext = async ({ follower }: Following): Promise<void> => {
    const page = await follower.next();
    await tell(page?.changes.map((change) => (change.kind === 'put' ? change.task.id : change.id)) ?? []);
  };
  const follow = async (following: Following): Promise<void> => {
    for (let isLost = false; !following.hasEnded; ) {
      try {
        if (isLost) await beginAgain(following);
        isLost = false;
        await tellNext(following);
      } catch (error) {
        if (!isUseCaseError(error)) throw error;
        isLost ||= error.code === 'changes/gone';
        await pause(outageMilliseconds, undefined, { ref: false });
      }
    }
  };
  const start = async (): Promise<Following> => {
    const following = { follower: await begin(), hasEnded: false };
    follow(following).catch((error) => {
      // What cannot be sent any more is no fault.
      if (!following.hasEnded) onFault(error);
    });
    return following;
  };
  const end = () => {
    ids.clear();
    current?.then(
      (following) => {
        following.hasEnded = true;
        following.follower.end();
      },
      () => {},
    );
    current = undefined;
  };

  return {
    end,
    async subscribe(uri) {
      const id = idOf(uri);
      await useCases.getTask(actor, { owner, id });
      // Told of what changes from the answer on.
      current ??= start();
      await current.catch((error) => {
        current = undefined;
        throw error;
      });
      ids.add(id);
    },
    async unsubscribe(uri) {
      ids.delete(idOf(uri));
      if (ids.size === 0) end();
    },
  };
};
