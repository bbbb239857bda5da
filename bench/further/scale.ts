import { join } from 'node:path';
import type { Size } from '../harness/data.ts';
import { makeMixPreparation } from '../harness/live-mix.ts';
import type { Server } from '../harness/peers.ts';
import type { Cell } from '../harness/rounds.ts';
import { writeUsers } from '../harness/users.ts';
import { connectionsOf, type Further, none, type Setting, serveTasks } from './setting.ts';

const leastRatio = 0.9;

/** Makes the groups for the same work on a larger database. */
export const makeScale = async (setting: Setting): Promise<Further> => {
  const { options, size, directory, ours } = setting;
  if (!options.work.includes('scale')) return none;
  const large = { users: options.scaleUsers, tasks: size.tasks };
  const server = await serveTasks(setting, 'large', large);
  const cellsOf = (of: Server, { users, tasks }: Size) => {
    const file = join(directory, `scale-${users}`);
    writeUsers(file, users);
    const prepare = makeMixPreparation(of, `${file}-mix`, { users });
    return (work: 'list' | 'get' | 'mix'): Cell => {
      const cell = { name: `${users * tasks} tasks`, server: of };
      const job = { work, users, tasks };
      if (work !== 'mix') return { ...cell, job: { ...job, file } };
      return { ...cell, job: { ...job, file: `${file}-mix` }, prepare };
    };
  };
  const [first, second] = [cellsOf(ours, size), cellsOf(server, large)];
  const groups = (['list', 'get', 'mix'] as const).map((work) => ({
    title: `${work}, by size of the database`,
    connections: connectionsOf(setting),
    atLeast: leastRatio,
    cells: [first(work), second(work)],
  }));
  return { groups, servers: [server], notes: [] };
};
