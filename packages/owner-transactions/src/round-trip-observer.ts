import type { Row } from './pipelined-query.ts';

/** What is sent to the server at once, for one request or for several that share a transaction. */
export interface RoundTrip {
  /** For each request: what `caller` returned when it was made, and when that was, by `performance.now()`. */
  readonly requests: readonly { readonly caller?: unknown; readonly since: number }[];
  /** How many queries were sent, with those that set owners. */
  readonly queries: number;
  /** Whether reads share the transaction, or writes do, or it has one request, or is part of a longer transaction. */
  readonly kind: 'reading' | 'writing' | 'exclusive' | 'transaction';
}

/** Follows what is sent to the database, for traces. It must not throw. */
export interface RoundTripObserver {
  /** Called in the asynchronous context of whoever makes a request. @returns what identifies them in `RoundTrip` */
  caller(): unknown;
  /** Called when a round trip begins. @returns a function to call when it ended, with the error if it failed */
  begin(roundTrip: RoundTrip): (error?: unknown) => void;
}

/**
 * Sends the queries of one request, and tells the observer, if there is one.
 * @throws what `send` throws
 */
export const observed = async (
  observer: RoundTripObserver | undefined,
  { queries, kind }: Pick<RoundTrip, 'queries' | 'kind'>,
  send: () => Promise<Row[][]>,
): Promise<Row[][]> => {
  if (observer === undefined) return send();
  const end = observer.begin({ requests: [{ caller: observer.caller(), since: performance.now() }], queries, kind });
  try {
    const rows = await send();
    end();
    return rows;
  } catch (error) {
    end(error);
    throw error;
  }
};
