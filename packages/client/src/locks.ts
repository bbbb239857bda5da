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

/** Returns the platform's Web Locks; `undefined` on insecure pages and in older versions of Node. */
export const webLocks = (): LockManager | undefined =>
  (globalThis.navigator as Navigator | undefined)?.locks as LockManager | undefined;

/** Does work while no other does, in any tab that has Web Locks. Without them it excludes others on this page only. */
export const exclusively = <Result>(name: string, work: () => Promise<Result>): Promise<Result> =>
  webLocks()?.request(name, work) ?? afterOthers(name, work);
