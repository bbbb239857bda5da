import { mergeableStatement, type Statement, statement } from '@taskward/owner-transactions';
import { requestRole, userSetting } from '../schema/names.ts';

/** The role and settings of the transactions of requests. */
export const ownerSettings = {
  role: requestRole,
  ownerSetting: userSetting,
  lockOwner: statement('select from taskward.users where id = $1 for no key update'),
  settings: {
    // The mapper reads ISO dates in UTC.
    TimeZone: 'UTC',
    DateStyle: 'ISO',
    // Every statement names its owner, and every index starts with the owner. Without statistics, or with those of an
    // empty table, the planner would choose a sequential scan.
    enable_bitmapscan: 'off',
    enable_seqscan: 'off',
    // One plan for all owners: otherwise the server plans each page anew, which is a quarter of the page's cost.
    plan_cache_mode: 'force_generic_plan',
    // No statement of a request runs long enough to gain from JIT compilation.
    jit: 'off',
  },
  // Citus plans a statement for the shard of its owner, so that it needs the parameters' values.
  distributedSettings: { TimeZone: 'UTC', DateStyle: 'ISO' },
};

/**
 * Returns a read of one owner, named `$1`, that is sent once for several owners where they ask for the same.
 * @param types the parameters' types
 */
export const ownerStatement = (types: readonly string[], text: string): Statement =>
  mergeableStatement(userSetting, types, text);
