/**
 * Keeps a local copy under keys. The values are JSON. Two users never share a store: put the user's id into the name.
 * Tabs that share a store may have an object of it each, with the same name.
 */
export interface SyncStore {
  /** Identifies the stored data on this device. Tabs that use the same name exclude each other while they write. */
  readonly name: string;
  /** Returns the value of a key; `undefined` if there is none. */
  get(key: string): Promise<unknown>;
  /** Returns the values of all keys that begin with a prefix. */
  all(prefix: string): Promise<unknown[]>;
  /** Stores all values or, if it fails, none; `undefined` removes a key. */
  write(values: Readonly<Record<string, unknown>>): Promise<void>;
}

let count = 0;

/** Makes a store in memory, which is lost with the page. @param name a name of its own by default */
export const makeMemoryStore = (name?: string): SyncStore => {
  count += 1;
  const texts = new Map<string, string>();
  return {
    name: name ?? `memory-${count}`,
    async get(key) {
      const text = texts.get(key);
      return text === undefined ? undefined : JSON.parse(text);
    },
    async all(prefix) {
      return [...texts].filter(([key]) => key.startsWith(prefix)).map(([, text]) => JSON.parse(text));
    },
    async write(values) {
      const entries = Object.entries(values).map(([key, value]) => [key, JSON.stringify(value)] as const);
      for (const [key, text] of entries) {
        if (text === undefined) texts.delete(key);
        else texts.set(key, text);
      }
    },
  };
};
