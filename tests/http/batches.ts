import type { LightMyRequestResponse } from 'fastify';
import type { Client } from '../support/http/client.ts';

/** The outcome of one operation, as the response has it. */
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
export const resultsOf = ({ style }: Client, response: LightMyRequestResponse): Result[] =>
  response.statusCode === 200 ? style.data(response).results : response.json().results;

/** Everything that the user has, and its ETag: to see that nothing happened. */
export const stateOf = async ({ me, url, style }: Client): Promise<string> => {
  const response = await me.call('GET', url);
  return JSON.stringify([response.headers.etag, style.data(response)]);
};
