import type { LightMyRequestResponse } from 'fastify';
import type { Client } from './support.ts';

/** What became of one operation, as it is answered. */
export interface Result {
  status: number;
  task?: Record<string, unknown>;
  error?: Record<string, unknown>;
}

/** Sends a batch. */
export const batch = ({ me, url }: Client, operations: unknown[], more: object = {}, headers = {}) =>
  me.call('POST', `${url}/batch`, { operations, ...more }, headers);

export const statusesOf = (results: Result[]): number[] => results.map(({ status }) => status);

/** The results of a batch that was refused as a whole, or not. */
export const resultsOf = ({ face }: Client, answer: LightMyRequestResponse): Result[] =>
  answer.statusCode === 200 ? face.data(answer).results : answer.json().results;

/** Everything that the user has, and its ETag: to see that nothing happened. */
export const stateOf = async ({ me, url, face }: Client): Promise<string> => {
  const answer = await me.call('GET', url);
  return JSON.stringify([answer.headers.etag, face.data(answer)]);
};
