import { invalid, wrongUser } from './errors.ts';
import { textFault } from './text.ts';
import type { UserId } from './user-id.ts';

/** Takes a text as a user's id. @throws DomainError `request/invalid` when it cannot be one. */
export const toUserId = (text: string): UserId => {
  const fault = textFault(text, { min: 1, max: 255 });
  if (fault !== undefined) throw invalid([{ field: 'user_id', message: fault }]);
  return text as UserId;
};

/** Who acts: an owner, on their own tasks only, or an operator (a job, a person at the command line), on anybody's. */
export type Actor = { readonly kind: 'owner'; readonly userId: UserId } | { readonly kind: 'operator' };

/** The actor that a signed-in user is. */
export const ownerActor = (userId: UserId): Actor => ({ kind: 'owner', userId });

/** The actor that jobs and the command line are. */
export const operator: Actor = { kind: 'operator' };

/** The ownership rule. @throws DomainError `auth/wrong-user` when the actor may not touch the owner's tasks. */
export const assertMayAct = (actor: Actor, owner: UserId): void => {
  if (actor.kind === 'owner' && actor.userId !== owner) throw wrongUser();
};

/** What concerns all users is for jobs. @throws DomainError `auth/wrong-user` unless the actor is an operator. */
export const assertOperator = (actor: Actor): void => {
  if (actor.kind !== 'operator') throw wrongUser();
};
