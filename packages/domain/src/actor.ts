import { invalid, wrongUser } from './errors.ts';
import { textFault } from './text.ts';
import type { UserId } from './user-id.ts';

/** Parses a user's id. @throws DomainError `request/invalid` */
export const toUserId = (text: string): UserId => {
  const fault = textFault(text, { min: 1, max: 255 });
  if (fault !== undefined) throw invalid([{ field: 'user_id', message: fault }]);
  return text as UserId;
};

/**
 * Who acts: an owner, on their own tasks only, or an operator (a job, the command line), on any user's tasks. `requestId`
 * identifies the request in which they act, for the log of changes.
 */
export type Actor =
  | { readonly kind: 'owner'; readonly userId: UserId; readonly requestId?: string }
  | { readonly kind: 'operator'; readonly requestId?: undefined };

/** Returns the actor for an authenticated user. */
export const ownerActor = (userId: UserId, requestId?: string): Actor =>
  requestId === undefined ? { kind: 'owner', userId } : { kind: 'owner', userId, requestId };

/** The actor for jobs and the command line. */
export const operator: Actor = { kind: 'operator' };

/** Enforces ownership. @throws DomainError `auth/wrong-user` when the actor may not act on the owner's tasks */
export const assertMayAct = (actor: Actor, owner: UserId): void => {
  if (actor.kind === 'owner' && actor.userId !== owner) throw wrongUser();
};

/** Reserves an action for operators. @throws DomainError `auth/wrong-user` for any other actor */
export const assertOperator = (actor: Actor): void => {
  if (actor.kind !== 'operator') throw wrongUser();
};
