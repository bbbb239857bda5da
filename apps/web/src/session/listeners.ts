/** Those who want to be told of something. */
export interface Listeners {
  /** Calls a function each time. @returns what ends that */
  readonly watch: (listener: () => void) => () => void;
  readonly tell: () => void;
}

/** Makes a list of listeners, which has none. */
export const makeListeners = (): Listeners => {
  const listeners = new Set<() => void>();
  return {
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    tell() {
      for (const listener of listeners) listener();
    },
  };
};
