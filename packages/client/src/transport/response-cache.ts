/** A response that can be revalidated by its ETag. */
interface CachedResponse {
  readonly etag: string;
  readonly text: string;
}

/** Creates a cache of the `capacity` most recently used responses; with 0 it stores nothing. */
export const makeResponseCache = (capacity: number) => {
  // A Map keeps insertion order: used entries move to the end, so the first one is the least recently used.
  const responses = new Map<string, CachedResponse>();
  const set = (key: string, response: CachedResponse): void => {
    responses.delete(key);
    responses.set(key, response);
    const [oldest] = responses.keys();
    if (responses.size > capacity && oldest !== undefined) responses.delete(oldest);
  };
  return {
    get: (key: string): CachedResponse | undefined => {
      const response = responses.get(key);
      if (response !== undefined) set(key, response);
      return response;
    },
    set,
  };
};
