import { statement } from '@taskward/owner-transactions';
import { requestRole, userSetting } from '../schema/names.ts';

/** How a transaction of a user's requests runs: as whom, and with what settings. */
export const ownerSettings = {
  role: requestRole,
  ownerSetting: userSetting,
  lockOwner: statement('select from taskward.users where id = $1 for no key update'),
  settings: {
    // The mapper reads ISO dates in UTC.
    TimeZone: 'UTC',
    DateStyle: 'ISO',
    // Every statement names its owner, and every index begins with the owner. Where the server has no statistics of a table,
    // or those of an empty one, reading all of it looks as cheap.
    enable_bitmapscan: 'off',
    enable_seqscan: 'off',
    // Planned once for all owners: because a page is short, the server would plan it for each, a quarter of the page's cost.
    plan_cache_mode: 'force_generic_plan',
    // No statement of a request runs long enough to be worth compiling.
    jit: 'off',
  },
};
