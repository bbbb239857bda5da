/** A response that can be revalidated by its ETag. */
export interface CachedResponse {
  readonly etag: string;
  readonly text: string;
}

/** Keeps the most recently used responses. */
export interface ResponseCache {
  get(key: string): CachedResponse | undefined;
  set(key: string, response: CachedResponse): void;
}

/** Creates a cache of at most `capacity` responses; with 0 it stores nothing. */
export const makeResponseCache = (capacity: number): ResponseCache => {
  // A Map keeps insertion order: used entries move to the end, so the first one is the least recently used.
  const responses = new Map<string, CachedResponse>();
  const set = (key: string, response: CachedResponse): void => {
    responses.delete(key);
    responses.set(key, response);
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
