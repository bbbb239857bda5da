import type { Query, Row, Statement, Value } from './pipelined-query.ts';

interface Request {
  readonly owner: string;
  readonly queries: readonly Query[];
}

/** Requests that are sent as one, or one request by itself. */
export interface RequestGroup<R extends Request> {
  readonly requests: readonly R[];
  /** What to send, with the owner to set first. */
  readonly owner: string;
  readonly queries: readonly Query[];
  /** Returns for each request the rows of its queries, given those of `queries`. */
  distribute(rows: Row[][]): Row[][][];
}

// Two cost as little one after the other.
const minMerged = 3;
// They share the time limit of one statement.
const maxMerged = 10;

const mergeable = ({ queries }: Request): Statement | undefined =>
  queries.length === 1 ? queries[0]?.statement : undefined;

const element = (value: Value): string =>
  value === null ? 'null' : typeof value === 'string' ? `"${value.replace(/["\\]/g, '\\$&')}"` : String(value);

const merged = <R extends Request>(statement: Statement, requests: readonly R[]): RequestGroup<R> => {
  const places = requests[0]?.queries[0]?.values ?? [];
  const values = places.map(
    (_, place) => `{${requests.map(({ queries }) => element(queries[0]?.values[place] ?? null)).join()}}`,
  );
  return {
    requests,
    owner: requests[0]?.owner ?? '',
    queries: [{ statement, values }],
    distribute([rows = []]) {
      const found = requests.map((): Row[][] => [[]]);
      // Each row ends with the position of its request, from 1.
      for (const row of rows) found[Number(row.at(-1)) - 1]?.[0]?.push(row.slice(0, -1));
      return found;
    },
  };
};

/** Returns each request as a group of its own. */
export const ungrouped = <R extends Request>(requests: readonly R[]): RequestGroup<R>[] =>
  requests.map((request) => ({
    requests: [request],
    owner: request.owner,
    queries: request.queries,
    distribute: (rows) => [rows],
  }));

/**
 * Groups requests that consist of the same query, where its statement has a form for several owners, ten at most. Does not
 * keep their order.
 */
export const mergeRequests = <R extends Request>(requests: readonly R[]): RequestGroup<R>[] => {
  const alone: R[] = [];
  const alike = new Map<Statement, R[]>();
  for (const request of requests) {
    const form = mergeable(request)?.forOwners;
    if (form === undefined) alone.push(request);
    else alike.set(form, [...(alike.get(form) ?? []), request]);
  }
  const groups: RequestGroup<R>[] = [];
  for (const [form, all] of alike) {
    for (let start = 0; start < all.length; start += maxMerged) {
      const some = all.slice(start, start + maxMerged);
      if (some.length < minMerged) alone.push(...some);
      else groups.push(merged(form, some));
    }
  }
  return [...groups, ...ungrouped(alone)];
};
