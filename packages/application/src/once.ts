import { type Actor, assertMayAct, type UserId } from '@taskward/domain';
import type { Clock, IdempotencyStore, KeptAnswer, TaskRepository } from './ports.ts';

/** How long an answer is kept for a repetition of its call, in milliseconds: a day. */
export const answerLifetime = 86_400_000;

/**
 * Makes a call safe to repeat: under one key of the owner's, `work` is done once, and every repetition is given the
 * answer of that first time. What `work` writes is stored together with its answer, or not at all.
 * @param work gets the use-cases to work with, and returns the answer in a form of the caller's own. What it throws is
 * passed on, and then nothing is kept: the next call under the key is a first one.
 * @throws DomainError `auth/wrong-user`, `idempotency/mismatch` for another fingerprint under the same key,
 * `idempotency/in-flight` while the first call is being worked on, `database/unavailable`.
 */
export const makeOnce =
  <UseCases>(
    { idempotency, clock }: { idempotency: IdempotencyStore; clock: Clock },
    useCasesOver: (tasks: TaskRepository) => UseCases,
  ) =>
  async (
    actor: Actor,
    input: { owner: UserId; key: string; fingerprint: string },
    work: (useCases: UseCases) => Promise<string>,
  ): Promise<KeptAnswer> => {
    assertMayAct(actor, input.owner);
    const now = clock.now();
    return idempotency.once({ ...input, now, lifetime: answerLifetime }, (tasks) => work(useCasesOver(tasks)));
  };
