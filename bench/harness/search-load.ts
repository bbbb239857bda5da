import { collectionOf, newestOf, type Server } from './peers.ts';
import { BenchError } from './processes.ts';
import { heavyUsers, lightUsers, type Searcher, searchers } from './search-data.ts';
import { signedIn, userId } from './users.ts';

/** One response. */
export interface Sample {
  readonly milliseconds: number;
  /** The status, with the error's code where it is one: `422 search/too-slow`. */
  readonly status: string;
}

/** What light users were responded with, and what those who searched meanwhile were. */
export interface Fairness {
  readonly light: readonly Sample[];
  readonly heavy: readonly Sample[];
}

type Headers = Readonly<Record<string, string>>;

const codeOf = (body: string): string => {
  try {
    return String(JSON.parse(body).code);
  } catch {
    return 'without a code';
  }
};

const send = async (server: Server, path: string, init: RequestInit): Promise<Sample & { body: string }> => {
  const started = performance.now();
  try {
    const response = await fetch(`${server.url}${path}`, init);
    const body = await response.text();
    const milliseconds = performance.now() - started;
    const status = response.ok ? `${response.status}` : `${response.status} ${codeOf(body)}`;
    return { milliseconds, status, body };
  } catch (error) {
    throw new BenchError(`${server.peer.name} did not respond to ${path}: ${(error as Error).cause ?? error}`);
  }
};

/**
 * Sends a search that finds nothing.
 * @throws BenchError when it finds something, or when there is no response
 */
export const searchInVain = async (server: Server, user: string, term: string, headers: Headers): Promise<Sample> => {
  const path = `${collectionOf(user)}?search=${encodeURIComponent(term)}`;
  const { body, ...sample } = await send(server, path, { headers });
  if (sample.status === '200' && body !== '[]') throw new BenchError(`${path} found something.`);
  return sample;
};

/** Repeats some work until a time, and collects its samples. */
const repeated = async (until: number, work: () => Promise<Sample>): Promise<Sample[]> => {
  const samples: Sample[] = [];
  while (performance.now() < until) samples.push(await work());
  return samples;
};

const driveLight = (server: Server, user: string, until: number): Promise<Sample[]> => {
  const headers = signedIn(user);
  const create = {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'Buy milk and bread, then call home' }),
  };
  let sent = 0;
  return repeated(until, async () => {
    sent += 1;
    const isList = sent % 2 === 1;
    const { body, ...sample } = await (isList
      ? send(server, newestOf(user), { headers })
      : send(server, collectionOf(user), create));
    return sample;
  });
};

const driveHeavy = (server: Server, user: string, until: number): Promise<Sample[]> => {
  const { terms } = searchers[0] as Searcher;
  const headers = signedIn(user);
  return repeated(until, () => searchInVain(server, user, terms['ten letters'], headers));
};

/**
 * Has all light users list and create, one request after the other, while heavy users search without pause.
 * @param heavy how many of them
 * @param seconds for how long requests are sent; those that are under way then are waited for, and count
 * @throws BenchError when there is no response
 */
export const driveTogether = async (server: Server, heavy: number, seconds: number): Promise<Fairness> => {
  const until = performance.now() + seconds * 1_000;
  const [light, searching] = await Promise.all([
    Promise.all(Array.from({ length: lightUsers }, (_, index) => driveLight(server, userId(index + 1), until))),
    Promise.all(heavyUsers.slice(0, heavy).map((user) => driveHeavy(server, user, until))),
  ]);
  return { light: light.flat(), heavy: searching.flat() };
};
