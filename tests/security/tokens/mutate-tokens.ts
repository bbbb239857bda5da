import { parentPort, workerData } from 'node:worker_threads';
import { makeUseCases } from '@taskward/application';
import type { FastifyInstance } from 'fastify';
import { aSteadyClock } from '../../support/builders.ts';
import { makeMemoryStores } from '../../support/memory-stores.ts';
import { importMutated, type Mutation } from '../../support/mutation.ts';
import { calendar, keys } from '../../support/planning.ts';
import { respellings } from './forged-spellings.ts';
import { allModes, makeIssuer, tokenBy } from './issuer.ts';

/** What this worker is asked to do. */
export interface MutateTask {
  readonly mutations: readonly Mutation[];
  /** How many mutated tokens to send; those that come out as they were do not count. */
  readonly count: number;
  readonly seed: number;
}

/** What came of it. */
export interface MutateOutcome {
  readonly sent: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly codes: Readonly<Record<string, number>>;
  readonly kinds: Readonly<Record<string, number>>;
  readonly perAlgorithm: Readonly<Record<string, number>>;
  /** The first few that did not get 401. */
  readonly others: readonly string[];
  /** The statuses of the tokens themselves, before and after. */
  readonly good: readonly number[];
}

type Random = (below: number) => number;

// Small and seeded, so that a failure can be repeated (mulberry32).
const seeded = (seed: number): Random => {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
};

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.';

// Half of the bytes are such as tokens are made of: they get further than the first look.
const aCharacter = (random: Random): string =>
  random(2) === 0 ? (alphabet[random(alphabet.length)] as string) : String.fromCharCode(random(256));

// A third of the changes go to each part, however short it is.
const aPlace = (token: string, random: Random): number => {
  const parts = token.split('.') as [string, string, string];
  const part = random(3);
  const start = parts.slice(0, part).reduce((sum, { length }) => sum + length + 1, 0);
  return start + random((parts[part] as string).length);
};

const kinds: Readonly<Record<string, (token: string, at: number, random: Random) => string>> = {
  substitute: (token, at, random) => token.slice(0, at) + aCharacter(random) + token.slice(at + 1),
  'flip a bit': (token, at, random) =>
    token.slice(0, at) + String.fromCharCode(token.charCodeAt(at) ^ (1 << random(8))) + token.slice(at + 1),
  insert: (token, at, random) => token.slice(0, at) + aCharacter(random) + token.slice(at),
  delete: (token, at, random) => token.slice(0, at) + token.slice(at + 1 + random(3)),
  swap: (token, at, random) => {
    const [low = 0, high = 0] = [at, random(token.length)].sort((a, b) => a - b);
    return token.slice(0, low) + token[high] + token.slice(low + 1, high) + token[low] + token.slice(high + 1);
  },
  truncate: (token, at) => token.slice(0, at),
  double: (token, at, random) => token.slice(0, at + 1 + random(8)) + token.slice(at),
  respell: (token, _at, random) => {
    const others = respellings(token);
    return others[random(others.length)] ?? token;
  },
};
const names = Object.keys(kinds);

const count = (counts: Record<string, number>, name: string | number) => {
  counts[name] = (counts[name] ?? 0) + 1;
};

const mutateTokens = async (app: FastifyInstance, task: MutateTask): Promise<MutateOutcome> => {
  const random = seeded(task.seed);
  const tokens = issuer.signers.map((signer) => ({
    token: tokenBy(signer),
    name: `${signer.algorithm} (${signer.mode})`,
  }));
  const send = (token: string) => app.inject({ url: '/api/tasks', headers: { authorization: `Bearer ${token}` } });
  const good: number[] = [];
  const askAll = async () => {
    for (const { token } of tokens) good.push((await send(token)).statusCode);
  };
  const outcome = {
    statuses: {} as Record<string, number>,
    codes: {} as Record<string, number>,
    kinds: {} as Record<string, number>,
    perAlgorithm: {} as Record<string, number>,
    others: [] as string[],
  };
  let sent = 0;

  const work = async () => {
    while (sent < task.count) {
      const { token, name } = tokens[random(tokens.length)] as (typeof tokens)[number];
      const kind = names[random(names.length)] as string;
      const mutant = kinds[kind]?.(token, aPlace(token, random), random) as string;
      // Space between the scheme and the token changes nothing, and comes off.
      if (mutant.replace(/^[ \t]+/, '') === token) continue;
      sent += 1;
      count(outcome.kinds, kind);
      count(outcome.perAlgorithm, name);
      const response = await send(mutant);
      count(outcome.statuses, response.statusCode);
      if (response.statusCode !== 401) {
        if (outcome.others.length < 10) outcome.others.push(`${response.statusCode} ${kind}: ${mutant}`);
      } else count(outcome.codes, response.json().code);
    }
  };

  await askAll();
  await Promise.all(Array.from({ length: 32 }, work));
  await askAll();
  return { sent, ...outcome, good };
};

const task = workerData as MutateTask;
// Nobody reads the 100 000 stacks.
Error.stackTraceLimit = 0;
const issuer = makeIssuer();
const adapter = await importMutated<typeof import('@taskward/adapters-http')>(
  '@taskward/adapters-http',
  task.mutations,
);
const app = await adapter.buildHttpApp({
  useCases: makeUseCases({ ...makeMemoryStores(), calendar, keys, clock: aSteadyClock() }),
  auth: allModes(issuer),
  // Nothing but the token may be what a request is refused for.
  rateLimit: { max: 1_000_000, windowSeconds: 3600 },
  corsOrigins: [],
  readiness: {},
  version: '0.0.0',
});
const outcome = await mutateTokens(app, task);
await app.close();
parentPort?.postMessage(outcome);
