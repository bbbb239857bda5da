import { makeBesideStreams } from './beside-streams.ts';
import { makeDeep } from './deep.ts';
import { makePlanned } from './planned.ts';
import { makeScale } from './scale.ts';
import { makeSearch } from './search.ts';
import type { Further, Setting } from './setting.ts';

/**
 * Loads the further databases and starts Taskward over them, for what is measured of Taskward against itself. In each group the second
 * cell is compared with the first.
 */
export const makeFurther = async (setting: Setting): Promise<Further> => {
  const parts = [
    await makePlanned(setting),
    await makeDeep(setting),
    makeBesideStreams(setting),
    await makeSearch(setting),
    await makeScale(setting),
  ];
  return {
    groups: parts.flatMap(({ groups }) => groups),
    servers: parts.flatMap(({ servers }) => servers),
    notes: parts.flatMap(({ notes }) => notes),
  };
};
