import { join } from 'node:path';
import { openStreams } from '../harness/streams.ts';
import { userId, writeUsers } from '../harness/users.ts';
import { connectionsOf, type Further, none, type Setting } from './setting.ts';

const streams = 1_000;
const leastRatio = 0.9;

/** Makes the groups for requests beside many streams of users who do nothing meanwhile. */
export const makeBesideStreams = (setting: Setting): Further => {
  const { options, size, directory, ours } = setting;
  if (!options.work.includes('streams')) return none;
  const file = join(directory, 'beside-streams');
  writeUsers(file, size.users);
  const idle = Array.from({ length: streams }, (_, index) => userId(size.users + index + 1));
  const prepare = async () => {
    const opened = await openStreams(ours.url, idle);
    return () => opened.close();
  };
  const groups = (['list', 'get', 'create', 'toggle'] as const).map((work) => {
    const cell = { server: ours, job: { work, file, ...size } };
    return {
      title: `${work}, beside streams`,
      connections: connectionsOf(setting),
      atLeast: leastRatio,
      cells: [
        { name: 'none', ...cell },
        { name: `${streams} streams`, ...cell, prepare },
      ],
    };
  });
  return { groups, servers: [], notes: [] };
};
