import { join } from 'node:path';
import { catchUp } from '../harness/live-mix.ts';
import { collectionOf, type Server } from '../harness/peers.ts';
import { BenchError } from '../harness/processes.ts';
import type { Group } from '../harness/rounds.ts';
import { type FixedRequest, writeRequests } from '../harness/users.ts';
import { connectionsOf, fixedCell, fixedJob, type Setting, send } from './setting.ts';

const leastRatio = 0.8;
const changedTask = 7;

/** Changes a task of a user who has seen everything. @returns the request for what has changed, which is that task */
const changeOne = async (server: Server, user: string, cursors: Map<string, string>): Promise<FixedRequest> => {
  const cursor = await catchUp(server, user, cursors.get(user));
  if (cursor === undefined) throw new BenchError(`${user} gets no changes.`);
  cursors.set(user, cursor);
  await send(server, { path: `${collectionOf(user)}/${changedTask}/complete`, user }, 'PATCH');
  const request = { path: `${collectionOf(user)}/changes?limit=20&since=${cursor}`, user };
  const { changes } = (await (await send(server, request)).json()) as { changes: readonly unknown[] };
  if (changes.length !== 1) throw new BenchError(`${user} changed one task, and gets ${changes.length} changes.`);
  return request;
};

/** Makes the group that compares what has changed since the last change with a single task. */
export const deltaGroup = (setting: Setting, server: Server, users: readonly string[], tasks: number): Group => {
  const file = join(setting.directory, 'delta');
  const cursors = new Map<string, string>();
  const prepare = async (): Promise<undefined> => {
    const requests: FixedRequest[] = [];
    for (const user of users) requests.push(await changeOne(server, user, cursors));
    writeRequests(file, requests);
  };
  const ids = Array.from({ length: 100 }, (_, n) => 1 + Math.floor((n * tasks) / 100));
  const gets = users.flatMap((user) => ids.map((id) => ({ path: `${collectionOf(user)}/${id}`, user })));
  return {
    title: `what has changed, of ${tasks} tasks`,
    connections: connectionsOf(setting),
    atLeast: leastRatio,
    cells: [fixedCell(setting, server, 'get', gets), { name: 'one change', server, job: fixedJob(file), prepare }],
  };
};
