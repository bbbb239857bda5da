import { collectionOf, type Server } from '../harness/peers.ts';
import { BenchError } from '../harness/processes.ts';
import type { Group } from '../harness/rounds.ts';
import { connectionsOf, fixedCell, type Setting, send } from './setting.ts';

const pageLength = 100;
const lastPage = 500;
const leastRatio = 0.9;

/** How many tasks a user has who has so many pages. */
export const pagerTasks = pageLength * lastPage;

/** Follows `Link` headers as a client would. @returns the path of the last page */
const findPage = async (server: Server, user: string): Promise<string> => {
  let path = `${collectionOf(user)}?limit=${pageLength}`;
  for (let page = 1; page < lastPage; page += 1) {
    const response = await send(server, { path, user });
    await response.arrayBuffer();
    const [, next] = /<([^>]*)>; rel="next"/.exec(response.headers.get('link') ?? '') ?? [];
    if (next === undefined) throw new BenchError(`Page ${page} of ${user} leads to no next one.`);
    path = next;
  }
  const tasks = await (await send(server, { path, user })).json();
  if (!Array.isArray(tasks) || tasks.length !== pageLength) throw new BenchError(`Page ${lastPage} is not full.`);
  return path;
};

/** Makes the group that compares a user's last page with the first. */
export const pagesGroup = async (setting: Setting, server: Server, user: string): Promise<Group> => {
  const cell = (name: string, path: string) => fixedCell(setting, server, name, [{ path, user }]);
  return {
    title: `a user with ${pagerTasks} tasks, ${pageLength} a page`,
    connections: connectionsOf(setting),
    atLeast: leastRatio,
    cells: [
      cell('page 1', `${collectionOf(user)}?limit=${pageLength}`),
      cell(`page ${lastPage}`, await findPage(server, user)),
    ],
  };
};
