import { parentPort, workerData } from 'node:worker_threads';
import type { HttpOptions } from '@taskward/adapters-http';
import {
  everyClause,
  makeClient,
  makePaint,
  runClauses,
  type StyleName,
  styles,
  toText,
  usersOfSecret,
} from '@taskward/conformance';
import { secret } from '../support/http/tokens.ts';
import { makeScope } from '../support/processes/worker.ts';
import { combined, planted } from './faults.ts';
import type { Planted } from './plant.ts';
import { aServerThatSays, aServerWith, cookie, parties, type ReceivedResponse } from './planted-server.ts';

/** What was noticed of a server. */
export interface Noticed {
  readonly failed: string[];
  readonly unchecked: string[];
  readonly report: string;
}

/** Which server to look at: one with faults, by their names, or one that gives every request the same response. */
export type Job =
  | ({ readonly style: StyleName; readonly faults: readonly string[] } & Pick<HttpOptions, 'compatibility'>)
  | { readonly says: ReceivedResponse };

const origin = 'http://localhost:3000';
const bothStyles = Object.keys(styles) as StyleName[];

const look = async (baseUrl: URL, on: readonly StyleName[]): Promise<Noticed> => {
  const { send, close } = makeClient(baseUrl, () => {});
  const users = usersOfSecret(secret, 'the secret of the tests', parties);
  const results = await runClauses(everyClause, { send, users, styles: on, origin, cookie });
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
  if ('says' in job) noticed.push(await look(await aServerThatSays(scope, job.says), bothStyles));
  else {
    const faults = job.faults.map((name) => (planted[name] as Planted).fault);
    noticed.push(await look(await aServerWith(scope, combined(faults), job), [job.style]));
  }
  await scope.close();
}
parentPort?.postMessage(noticed);
