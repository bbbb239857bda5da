import type { Sample as Measured } from '../harness/load-generator.ts';
import type { Server } from '../harness/peers.ts';
import { BenchError } from '../harness/processes.ts';
import type { Cell } from '../harness/rounds.ts';
import { loadSearchedTwice, searchedTwice } from '../harness/search-data.ts';
import { searchInVain } from '../harness/search-load.ts';
import { median, percentile } from '../harness/statistics.ts';
import { signedIn } from '../harness/users.ts';
import { type Further, none, type Setting, serveOver } from './setting.ts';

const tasks = 50_000;
const leastRatio = 5;

const givenUp = ['422 search/too-slow', '503 database/unavailable'];

/** Searches one after the other. One that the server has given up counts with the time until then. */
const searchFor = async (server: Server, user: string, term: string, seconds: number): Promise<Measured> => {
  const headers = signedIn(user);
  const until = performance.now() + seconds * 1_000;
  const took: number[] = [];
  do {
    const { status, milliseconds } = await searchInVain(server, user, term, headers);
    const isGivenUp = user === searchedTwice.unindexed && givenUp.includes(status);
    if (status !== '200' && !isGivenUp) throw new BenchError(`A search of ${user} was answered with ${status}.`);
    took.push(milliseconds);
  } while (performance.now() < until);
  return {
    requestsPerSecond: 1_000 / median(took),
    requests: took.length,
    bytesPerResponse: 0,
    p50: median(took),
    p99: percentile(took, 0.99),
    max: percentile(took, 1),
    badResponses: 0,
    socketErrors: 0,
  };
};

/** Makes the group for searches that find nothing, over texts with the folded copy that serves them, and without. */
export const makeSearch = async (setting: Setting): Promise<Further> => {
  if (!setting.options.work.includes('search')) return none;
  const server = await serveOver(setting, 'searched', (url) => loadSearchedTwice(url, tasks));
  const cell = (name: string, user: string): Cell => ({
    name,
    server,
    drive: (seconds) => searchFor(server, user, searchedTwice.term, seconds),
  });
  return {
    groups: [
      {
        title: `a search in ${tasks} tasks of 1000 characters`,
        connections: 1,
        atLeast: leastRatio,
        cells: [cell('without the index', searchedTwice.unindexed), cell('with it', searchedTwice.indexed)],
      },
    ],
    servers: [server],
    notes: [],
  };
};
