import { parentPort, workerData } from 'node:worker_threads';
import { secret } from '../support/tokens.ts';
import { makeScope } from '../support/worker.ts';
import { makeClient } from './client.ts';
import { everyClause } from './every-clause.ts';
import { type FaceName, faces } from './faces.ts';
import { combined, type Planted, planted } from './faults.ts';
import { type Answered, aServerThatSays, aServerWith, cookie, parties } from './planted-server.ts';
import { makePaint, toText } from './report.ts';
import { runClauses } from './runner.ts';
import { usersOfSecret } from './users.ts';

/** What was noticed of a server. */
export interface Noticed {
  readonly failed: string[];
  readonly unchecked: string[];
  readonly report: string;
}

/** Which server to look at: one with faults, by their names, or one that gives every request the same answer. */
export type Job = { readonly face: FaceName; readonly faults: readonly string[] } | { readonly says: Answered };

const origin = 'http://localhost:3000';
const bothFaces = Object.keys(faces) as FaceName[];

const look = async (baseUrl: URL, on: readonly FaceName[]): Promise<Noticed> => {
  const { send, close } = makeClient(baseUrl, () => {});
  const users = usersOfSecret(secret, 'the secret of the tests', parties);
  const results = await runClauses(everyClause, { send, users, faces: on, origin, cookie });
  close();
  const idsOf = (outcome: string) => [
    ...new Set(results.flatMap((result) => (result.outcome === outcome ? [result.clause.id] : []))),
  ];
  return {
    failed: idsOf('failed'),
    unchecked: idsOf('unchecked'),
    report: toText(results, on, makePaint(false, {})),
  };
};

const noticed: Noticed[] = [];
for (const job of workerData as Job[]) {
  const scope = makeScope();
  if ('says' in job) noticed.push(await look(await aServerThatSays(scope, job.says), bothFaces));
  else {
    const faults = job.faults.map((name) => (planted[name] as Planted).fault);
    noticed.push(await look(await aServerWith(scope, combined(faults)), [job.face]));
  }
  await scope.close();
}
parentPort?.postMessage(noticed);
