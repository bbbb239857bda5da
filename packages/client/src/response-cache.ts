/** An answer that can be asked for again by its validator. */
export interface CachedResponse {
  readonly etag: string;
  readonly text: string;
}

/** Keeps the answers that were used last, and forgets those that were not. */
export interface ResponseCache {
  get(key: string): CachedResponse | undefined;
  set(key: string, answer: CachedResponse): void;
}

/** Makes a memory of so many answers; of none, it never remembers. */
export const makeResponseCache = (capacity: number): ResponseCache => {
  // A Map keeps the order of insertion: what is used is put last, what is first was not used for longest.
  const responses = new Map<string, CachedResponse>();
  const set = (key: string, answer: CachedResponse): void => {
    responses.delete(key);
    responses.set(key, answer);
    const [oldest] = responses.keys();
    if (responses.size > capacity && oldest !== undefined) responses.delete(oldest);
  };
  return {
    get: (key) => {
      const response = responses.get(key);
      if (response !== undefined) set(key, response);
      return response;
    },
    set,
  };
};
