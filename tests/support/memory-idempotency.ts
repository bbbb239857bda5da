import {
  type IdempotencyBounds,
  type IdempotencyStore,
  idempotencyInFlight,
  idempotencyMismatch,
  type OwnerPorts,
  tooManyIdempotencyKeys,
} from '@taskward/application';
import type { UserId } from '@taskward/domain';

interface StoredResponse {
  readonly fingerprint: string;
  readonly response: string;
  readonly at: number;
}

/** Runs work while no other write of the owner is under way. What it writes through the ports is stored by `commit`. */
export type InTransaction = <T>(
  owner: UserId,
  work: (ports: OwnerPorts, commit: () => void) => Promise<T>,
) => Promise<T>;

/** An idempotency store over the transactions of owners. */
export const makeMemoryIdempotency = (
  inTransaction: InTransaction,
): IdempotencyStore & { erase(owner: UserId): boolean } => {
  const responses = new Map<string, StoredResponse>();
  const usage = new Map<UserId, { since: number; keys: number; bytes: number }>();
  const inFlight = new Set<string>();

  const countUse = (
    owner: UserId,
    bytes: number,
    { now, lifetime, bounds }: { now: string; lifetime: number; bounds: IdempotencyBounds },
  ) => {
    const at = Date.parse(now);
    const last = usage.get(owner);
    const current = last !== undefined && last.since > at - lifetime ? last : { since: at, keys: 0, bytes: 0 };
    const next = { since: current.since, keys: current.keys + 1, bytes: current.bytes + bytes };
    if (next.keys <= bounds.keys && next.bytes <= bounds.bytes) return next;
    throw tooManyIdempotencyKeys(Math.ceil((current.since + lifetime - at) / 1_000));
  };

  return {
    async runIdempotently({ owner, key, fingerprint, hasEffect, now, lifetime, bounds }, work) {
      const name = JSON.stringify([owner, key]);
      if (inFlight.has(name)) throw idempotencyInFlight();
      const kept = responses.get(name);
      if (kept !== undefined && kept.at > Date.parse(now) - lifetime) {
        if (kept.fingerprint !== fingerprint) throw idempotencyMismatch();
        return { response: kept.response, replayed: true };
      }
      inFlight.add(name);
      try {
        return await inTransaction(owner, async (ports, commit) => {
          const response = await work(ports);
          if (!hasEffect) return { response, replayed: false };
          usage.set(owner, countUse(owner, response.length, { now, lifetime, bounds }));
          commit();
          responses.set(name, { fingerprint, response, at: Date.parse(now) });
          return { response, replayed: false };
        });
      } finally {
        inFlight.delete(name);
      }
    },

    async purge({ now, lifetime, limit }) {
      const old = [...responses].filter(([, { at }]) => at <= Date.parse(now) - lifetime).slice(0, limit);
      for (const [name] of old) responses.delete(name);
      return old.length;
    },

    erase(owner) {
      const kept = [...responses.keys()].filter((name) => JSON.parse(name)[0] === owner);
      for (const name of kept) responses.delete(name);
      usage.delete(owner);
      return kept.length > 0;
    },
  };
};
