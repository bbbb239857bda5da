import type { Actor, UserId } from '@taskward/domain';
import type { Announcer } from '../ports/change-feed.ts';

type UseCase = (actor: Actor, input: never, ...more: never[]) => Promise<unknown>;

/**
 * Returns the use-cases, each of which announces its owner's change once it is done. They may have changed nothing: who is
 * told looks.
 */
export const announced = <T extends Record<string, UseCase>>(feed: Announcer, writes: T): T => {
  const announcing = (useCase: UseCase) =>
    (async (actor: Actor, input: { owner: UserId }, ...more: never[]) => {
      const result = await useCase(actor, input as never, ...more);
      feed.announce(input.owner);
      return result;
    }) as UseCase;
  return Object.fromEntries(Object.entries(writes).map(([name, useCase]) => [name, announcing(useCase)])) as T;
};
