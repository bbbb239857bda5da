import t from 'tap';
import { poolHeld } from '../scenarios/pool-held.ts';
import { redisKill } from '../scenarios/redis.ts';
import { testShortForm } from './short-form.ts';

t.setTimeout(280_000);
testShortForm(t, poolHeld, 2, {
  check: (t, { late }) => t.strictSame(late, [], 'waits do not add up'),
});
testShortForm(t, redisKill, 2);
