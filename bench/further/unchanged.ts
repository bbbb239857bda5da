import { join } from 'node:path';
import { newestOf, type Server } from '../harness/peers.ts';
import { BenchError } from '../harness/processes.ts';
import type { Group } from '../harness/rounds.ts';
import { type FixedRequest, writeRequests } from '../harness/users.ts';
import { connectionsOf, fixedJob, type Setting, send } from './setting.ts';

// A response with headers only.
const max304Bytes = 1_500;
const checkedRequests = 10;
const leastRatio = 1.7;

/** Sends the requests. @returns them with the ETags of their responses */
const withEtags = async (server: Server, requests: readonly FixedRequest[]): Promise<FixedRequest[]> => {
  const tagged: FixedRequest[] = [];
  for (const request of requests) {
    const response = await send(server, request);
    await response.arrayBuffer();
    const etag = response.headers.get('etag');
    if (response.status !== 200 || etag === null) throw new BenchError('A list has no ETag any more.');
    tagged.push({ ...request, etag });
  }
  return tagged;
};

const assert304 = async (server: Server, requests: readonly FixedRequest[]): Promise<void> => {
  for (const request of requests.slice(0, checkedRequests)) {
    const { status } = await send(server, request);
    if (status !== 304) throw new BenchError(`A list that did not change was answered with ${status}, not with 304.`);
  }
};

/** Makes the group that compares users' lists that they know already with the same lists. */
export const unchangedGroup = (setting: Setting, server: Server, users: readonly string[], tasks: number): Group => {
  const title = `${users.length} users with ${tasks} tasks each`;
  const name = title.replaceAll(/\W+/g, '-');
  const requests = users.map((user) => ({ path: newestOf(user), user }));
  const files = { list: join(setting.directory, `${name}-list`), unchanged: join(setting.directory, `${name}-etag`) };
  writeRequests(files.list, requests);
  const prepare = async (): Promise<undefined> => {
    const tagged = await withEtags(server, requests);
    await assert304(server, tagged);
    writeRequests(files.unchanged, tagged);
  };
  return {
    title,
    connections: connectionsOf(setting),
    atLeast: leastRatio,
    cells: [
      { name: 'list', server, job: fixedJob(files.list) },
      { name: 'unchanged list', server, job: fixedJob(files.unchanged), prepare, maxBytes: max304Bytes },
    ],
  };
};
