import { type Actor, assertMayAct, millisecondsPerDay, type UserId } from '@taskward/domain';
import { defaultLimits, type Limits } from '../limits.ts';
import type { Clock } from '../ports/clock.ts';
import type { IdempotencyStore, StoredResponse } from '../ports/idempotency-store.ts';
import type { OwnerPorts } from '../ports/owner-ports.ts';

/** How long a response is stored for repetitions of its call, in milliseconds: one day. */
export const storedResponseLifetime = millisecondsPerDay;

/**
 * Makes a call safe to repeat: `work` runs once per key of the owner, and repetitions return its stored response. What
 * `work` writes is stored atomically with the response.
 * @param work gets the use-cases, and returns the response in the caller's own format. If it throws, nothing is stored and
 * the key stays free
 * @param input.hasEffect `false` for a call that changes nothing, such as a dry run: it runs each time and stores nothing.
 * It still fails with `idempotency/mismatch` if another call has used the key
 * @throws DomainError `auth/wrong-user`; ApplicationError `idempotency/mismatch` for a different fingerprint with the same
 * key, `idempotency/in-flight` while the first call is running, `idempotency/too-many`, `database/unavailable`
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
