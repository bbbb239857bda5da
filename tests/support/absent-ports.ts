import type { ChangeFeed, ChangeRetention, IdempotencyStore, OwnerPorts } from '@taskward/application';

const absent = <Port extends object>(port: string): Port =>
  new Proxy({} as Port, {
    get: (_target, name) => () => {
      throw new Error(`this test has no ${port}, and its ${String(name)} was called`);
    },
  });

/** Tells nobody of changes. */
const silentFeed: ChangeFeed = { announce: () => {}, subscribe: () => () => {} };

/** Stands for the ports that a test is not about. Calling them fails, but for the feed of changes. */
export const absentPorts = {
  changes: absent<OwnerPorts['changes']>('log of changes'),
  planning: absent<OwnerPorts['planning']>('planning store'),
  changeRetention: absent<ChangeRetention>('retention of changes'),
  idempotency: absent<IdempotencyStore>('idempotency store'),
  feed: silentFeed,
};
