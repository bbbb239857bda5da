import type { IdempotentCall, OwnerPorts } from '@taskward/application';
import { type Instant, toInstant, type UserId } from '@taskward/domain';
import { aDraft, anInstant, anOrigin, aQuery } from './builders.ts';
import type { Stores } from './http/api.ts';

/** How long the responses of `aCall` are kept, in milliseconds. */
export const lifetime = 1_000;
/** When `aCall` is made. */
export const start = anInstant('2026-11-20T09:00:00.000Z');

export const after = (from: Instant, milliseconds: number): Instant =>
  toInstant(new Date(Date.parse(from) + milliseconds).toISOString());

/** An idempotent call of a user, whose work has an effect. */
export const aCall = (owner: UserId, over: Partial<IdempotentCall> = {}): IdempotentCall => ({
  owner,
  key: 'key',
  fingerprint: 'fingerprint',
  hasEffect: true,
  now: start,
  lifetime,
  bounds: { keys: 1_000, bytes: 1_000_000 },
  ...over,
});

/** Work that adds a task and returns its id. */
export const adding =
  (owner: UserId) =>
  async ({ tasks }: Pick<OwnerPorts, 'tasks'>) =>
    `task ${(await tasks.add(aDraft(owner), anOrigin())).id}`;

/** Work that must not be done: it throws. */
export const never = async (): Promise<string> => {
  throw new Error('this must not be done');
};

/** How many tasks a user has. */
export const countOf = async ({ tasks }: Stores, owner: UserId) =>
  (await tasks.list(owner, aQuery({ count: true, limit: 1 }))).total;
