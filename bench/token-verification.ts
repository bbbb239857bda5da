// The cost of a request by the algorithm of its token: `npm run bench:tokens`. Everything but the store is real: Fastify,
// authentication, rate limit and serialization. Rounds are interleaved in one process. Quote the ratio to HS256: times
// depend on the machine.
import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { type AuthSettings, buildHttpApp, makeKeySet } from '@taskward/adapters-http';
import { makeCalendar, makePositionKeys } from '@taskward/adapters-planning';
import type { ChangeLog, TaskRepository, UseCases } from '@taskward/application';
import { makeUseCases } from '@taskward/application';
import { taskNotFound, toInstant } from '@taskward/domain';
import { createSigner } from 'fast-jwt';
import { spread } from './harness/report.ts';
import { ratioOf, spreadOf } from './harness/statistics.ts';

const rounds = 9;
const requestsPerRound = 1_500;
const users = 100;
const secret = 'a secret of the benchmark, 32 bytes';

const refuse = async () => {
  throw taskNotFound(1);
};
const emptyStore: TaskRepository = {
  add: refuse,
  get: refuse,
  list: async () => ({ revision: 0, tasks: [] }),
  revision: async () => 0,
  update: refuse,
  remove: refuse,
  transact: refuse,
};
const emptyLog: ChangeLog = {
  bounds: refuse,
  since: refuse,
  snapshot: refuse,
  history: refuse,
  occurrences: refuse,
  latest: refuse,
  trash: refuse,
  purgeTrash: refuse,
};
const systemInstant = () => toInstant(new Date().toISOString());
const useCases: UseCases = makeUseCases({
  tasks: emptyStore,
  changes: emptyLog,
  planning: { settings: refuse, summary: refuse, tags: refuse },
  changeRetention: { purge: refuse, count: refuse },
  idempotency: { runIdempotently: refuse, purge: refuse },
  feed: { announce: () => {}, subscribe: () => () => {} },
  clock: { now: systemInstant },
  calendar: makeCalendar(),
  keys: makePositionKeys(),
});

const keyPairs = {
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  PS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ES512: () => generateKeyPairSync('ec', { namedCurve: 'P-521' }),
  EdDSA: () => generateKeyPairSync('ed25519'),
};
type Algorithm = 'HS256' | keyof typeof keyPairs;

const policy = { issuers: [], audiences: [], maxAgeSeconds: 604_800 };

const makeContestant = async (algorithm: Algorithm, where: 'secret' | 'key set') => {
  const pair = algorithm === 'HS256' ? undefined : keyPairs[algorithm]();
  const keySetOf = ({ publicKey }: { publicKey: KeyObject }) => {
    const jwks = {
      keys: [
        { ...createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })).export({ format: 'jwk' }), kid: 'k' },
      ],
    };
    return makeKeySet('https://auth.example/jwks', async () => Response.json(jwks));
  };
  const auth: AuthSettings =
    pair === undefined
      ? { secret: { value: secret, algorithms: ['HS256'] }, policy }
      : { keySet: { keys: keySetOf(pair), algorithms: [algorithm], policy }, policy };
  const app = await buildHttpApp({
    useCases,
    auth,
    rateLimit: { max: 1_000_000, windowSeconds: 3_600 },
    corsOrigins: ['http://localhost:3000'],
    readiness: {},
    version: '0.0.0',
  });
  const key = pair === undefined ? secret : pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const sign = createSigner({ key, algorithm, ...(pair && { kid: 'k' }), expiresIn: 3_600_000 });
  const tokens = Array.from({ length: users }, (_, user) => sign({ sub: `user-${user}` }));
  const run = async (requests: number) => {
    const start = process.hrtime.bigint();
    for (let n = 0; n < requests; n += 1) {
      const { statusCode } = await app.inject({
        url: '/api/tasks',
        headers: { authorization: `Bearer ${tokens[n % users]}` },
      });
      if (statusCode !== 200) throw new Error(`${algorithm} was answered with ${statusCode}`);
    }
    return Number(process.hrtime.bigint() - start) / 1_000 / requests;
  };
  return { name: `${algorithm} (${where})`, run, times: [] as number[], close: () => app.close() };
};

const contestants = [
  await makeContestant('HS256', 'secret'),
  ...(await Promise.all(
    (Object.keys(keyPairs) as Algorithm[]).map((algorithm) => makeContestant(algorithm, 'key set')),
  )),
];
for (const { run } of contestants) await run(requestsPerRound);
for (let round = 1; round <= rounds; round += 1) {
  process.stderr.write(`round ${round} of ${rounds}\r`);
  for (const contestant of contestants) contestant.times.push(await contestant.run(requestsPerRound));
}
process.stderr.write('\n');

const [base] = contestants;
const lines = [
  `Node ${process.version}, ${cpus()[0]?.model.trim()}, ${rounds} interleaved rounds of ${requestsPerRound} requests`,
  '',
  '| token | µs per request, median (min–max) | against HS256 |',
  '| --- | --- | --- |',
  ...contestants.map(({ name, times }) => {
    const ratio = ratioOf(times, base?.times ?? [])?.median ?? Number.NaN;
    return `| ${name} | ${spread(spreadOf(times))} | ${ratio.toFixed(2)}× |`;
  }),
];
console.log(lines.join('\n'));
writeFileSync(join(import.meta.dirname, 'results/token-verification.md'), `${lines.join('\n')}\n`);
for (const { close } of contestants) await close();
