const chains = new Map<string, Promise<unknown>>();

const afterOthers = async <Result>(name: string, work: () => Promise<Result>): Promise<Result> => {
  const running = (chains.get(name) ?? Promise.resolve()).then(work);
  const ended = running.catch(() => {});
  chains.set(name, ended);
  try {
    return await running;
  } finally {
    if (chains.get(name) === ended) chains.delete(name);
  }
};

/** The part of the Web Locks that is used here. Their types are those of browsers, which Node does not have. */
export interface WebLocks {
  request<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
  request<Result>(
    name: string,
    options: { readonly signal: AbortSignal },
    work: () => Promise<Result>,
  ): Promise<Result>;
}

/** Returns the platform's Web Locks; `undefined` on insecure pages and in older versions of Node. */
export const webLocks = (): WebLocks | undefined =>
  (globalThis as { readonly navigator?: { readonly locks?: WebLocks } }).navigator?.locks;

/** Does work while no other does, in any tab that has Web Locks. Without them it excludes others on this page only. */
export const exclusively = <Result>(name: string, work: () => Promise<Result>): Promise<Result> =>
  webLocks()?.request(name, work) ?? afterOthers(name, work);
