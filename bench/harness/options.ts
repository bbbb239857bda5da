import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';

/** The servers that can be compared. `ours` is Taskward, `before` is Taskward of another checkout. */
const peerNames = ['ours', 'before', 'floor', 'floor-pipelined', 'go', 'best', 'documented'] as const;
export type PeerName = (typeof peerNames)[number];

/** The work that every peer does. */
export const peerWork = ['list', 'pending', 'get', 'create', 'toggle', 'mix', 'simple-mix'] as const;
/** The work that only Taskward does, and what is measured once per peer. */
const furtherWork = ['planned', 'unchanged', 'pages', 'delta', 'streams', 'search', 'scale', 'cold'] as const;
export type PeerWork = (typeof peerWork)[number];
export type Work = PeerWork | (typeof furtherWork)[number];

/** The options of a run. */
export interface Options {
  readonly rounds: number;
  /** Duration of each measurement, in seconds. */
  readonly seconds: number;
  /** Duration of the warm-up before each measurement, in seconds. */
  readonly warmup: number;
  readonly connections: readonly number[];
  readonly peers: readonly PeerName[];
  /** The directory of the checkout of `before`. */
  readonly before: string | undefined;
  readonly work: readonly Work[];
  readonly users: number;
  /** The number of users in the large database of `scale`. */
  readonly scaleUsers: number;
  readonly tasks: number;
  readonly isQuick: boolean;
  /** The file name of the results, without extension. */
  readonly output: string;
}

/** Makes what reads a whole number from `min` on. @throws InvalidArgumentError at anything else */
export const wholeNumber = (min: number) => (text: string) => {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < min) throw new InvalidArgumentError(`It must be a whole number from ${min} on.`);
  return number;
};

const listOf =
  <T>(parse: (item: string) => T) =>
  (text: string): T[] => [
    ...new Set(
      text
        .split(',')
        .filter((item) => item !== '')
        .map(parse),
    ),
  ];

const oneOf =
  <T extends string>(allowed: readonly T[]) =>
  (text: string): T => {
    if (!allowed.includes(text as T)) throw new InvalidArgumentError(`There is: ${allowed.join(', ')}.`);
    return text as T;
  };

const defaults = { rounds: 5, seconds: 5, connections: [32, 128], scaleUsers: 10_000 };
const quick = { rounds: 3, seconds: 3, connections: [32], scaleUsers: 2_000 };

/**
 * Reads the command line; `--help` explains it and ends the process.
 * @param args without the program
 */
export const readOptions = (args: readonly string[]): Options => {
  const given = new Command('npm run bench --')
    .description('Compares Taskward with a hand-written floor, Go and FastAPI, in interleaved rounds.')
    .option('--rounds <n>', 'how often each measurement is made (5)', wholeNumber(1))
    .option('--seconds <n>', 'how long each lasts (5)', wholeNumber(1))
    .option('--warmup <n>', 'seconds of load before each, not counted', wholeNumber(0), 1)
    .option('--connections <list>', 'at how many connections (32,128)', listOf(wholeNumber(1)))
    .option('--peers <list>', `of ${peerNames.join(',')}; before with --before`, listOf(oneOf(peerNames)), [
      'ours',
      'floor',
      'go',
      'best',
      'documented',
    ])
    .option(
      '--before <directory>',
      'also measure Taskward as it is in another checkout, which has its node_modules',
      (path: string) => resolve(path),
    )
    .option(
      '--work <list>',
      `of ${[...peerWork, ...furtherWork].join(',')}`,
      listOf(oneOf([...peerWork, ...furtherWork])),
    )
    .option('--users <n>', 'users in every database', wholeNumber(1), 1_000)
    .option('--scale-users <n>', 'users in the large database of `scale` (10000)', wholeNumber(1))
    .option('--output <name>', 'file name of the results in bench/results (peers, or peers-quick)')
    .option('--quick', 'for a first look: 3 rounds of 3 seconds at 32 connections, `scale` at 2 000 users', false)
    .parse(args, { from: 'user' })
    .opts();
  const peers = new Set<PeerName>(given.peers);
  if (given.before !== undefined) peers.add('before');
  else peers.delete('before');
  const preset = given.quick ? quick : defaults;
  return {
    ...preset,
    ...given,
    peers: [...peers],
    work: given.work ?? [...peerWork, ...furtherWork],
    tasks: 200,
    isQuick: given.quick,
    output: given.output ?? (given.quick ? 'peers-quick' : 'peers'),
  } as unknown as Options;
};
