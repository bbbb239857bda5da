import { type Actor, assertMayAct, type UserId } from '@taskward/domain';
import { defaultLimits, type Limits } from './limits.ts';
import type { Clock, IdempotencyStore, OwnerPorts, StoredResponse } from './ports.ts';

/** How long an answer is kept for a repetition of its call, in milliseconds: a day. */
export const storedResponseLifetime = 86_400_000;

/**
 * Makes a call safe to repeat: under one key of the owner's, `work` is done once, and every repetition is given the
 * answer of that first time. What `work` writes is stored together with its answer, or not at all.
 * @param work gets the use-cases to work with, and returns the answer in a form of the caller's own. What it throws is
 * passed on, and then nothing is kept: the next call under the key is a first one.
 * @param input.hasEffect `false` for a call that changes nothing, such as a dry run: it is worked out anew each time
 * and nothing is stored, so its key stays free. Under a key that another call has used it is refused all the same.
 * @throws DomainError `auth/wrong-user`, `idempotency/mismatch` for another fingerprint under the same key,
 * `idempotency/in-flight` while the first call is being worked on, `idempotency/too-many`, `database/unavailable`.
 */
export const makeRunIdempotently =
  <UseCases>(
    { idempotency, clock, limits = defaultLimits }: { idempotency: IdempotencyStore; clock: Clock; limits?: Limits },
    useCasesOver: (ports: OwnerPorts) => UseCases,
  ) =>
  async (
    actor: Actor,
    input: { owner: UserId; key: string; fingerprint: string; hasEffect: boolean },
    work: (useCases: UseCases) => Promise<string>,
  ): Promise<StoredResponse> => {
    assertMayAct(actor, input.owner);
    const { owner, key, fingerprint, hasEffect } = input;
    const bounds = { keys: limits.idempotencyKeysPerUser, bytes: limits.idempotencyBytesPerUser };
    const call = { owner, key, fingerprint, hasEffect, now: clock.now(), lifetime: storedResponseLifetime, bounds };
    return idempotency.runIdempotently(call, (ports) => work(useCasesOver(ports)));
  };
