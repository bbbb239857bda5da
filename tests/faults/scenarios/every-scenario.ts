import { missingProgram } from '../../support/processes/programs.ts';
import { pgbouncerVersion, preparedStatements } from '../pgbouncer.ts';
import { commitCut } from './commit-cut.ts';
import { apiKill, apiStop, postgresCrash } from './crashes.ts';
import { fullDisk, removedData } from './embedded.ts';
import { overload } from './overload.ts';
import { poolHeld } from './pool-held.ts';
import { redisKill } from './redis.ts';
import type { Scenario, Way } from './scenario.ts';
import { slowSockets } from './sockets.ts';
import { terminate } from './terminate.ts';
import { testFiles } from './test-files.ts';

/** Every fault that is promised to do no harm, in the order in which they are run. */
export const everyScenario: readonly Scenario[] = [
  terminate,
  commitCut,
  poolHeld,
  postgresCrash,
  apiKill,
  apiStop,
  redisKill,
  ...slowSockets,
  overload,
  fullDisk,
  removedData,
  ...testFiles,
];

/** Whether a way needs a newer PgBouncer than the one that is installed. */
export const needsNewerProgram = (way: Way): boolean =>
  way === 'PgBouncer, prepared statements' &&
  missingProgram('pgbouncer') === undefined &&
  preparedStatements.length < 2;

/** Why a scenario cannot be run in a way here; undefined if it can. */
export const whyNot = ({ skip }: Scenario, way: Way): string | undefined => {
  if (skip !== undefined) return skip;
  if (!way.startsWith('PgBouncer')) return undefined;
  return needsNewerProgram(way)
    ? `PgBouncer ${pgbouncerVersion} does not track prepared statements in transaction mode: it takes 1.21 or newer`
    : missingProgram('pgbouncer');
};
