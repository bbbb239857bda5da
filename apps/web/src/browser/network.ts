/** What the browser knows of the network. */
export interface Network {
  /** `false` only if there is certainly no network. */
  isOnline(): boolean;
  /** Calls a function when the network comes or goes, and when the user comes back to the page. @returns what ends that */
  watch(listener: () => void): () => void;
}

/** The part of a window that is used here. Its types are those of browsers, which Node does not have. */
interface Window {
  readonly navigator?: { readonly onLine?: boolean };
  addEventListener?(name: string, listener: () => void): void;
  removeEventListener?(name: string, listener: () => void): void;
}

const events = ['online', 'offline', 'focus'];

/** The network of this window; outside of a browser, one that is always there. */
export const browserNetwork: Network = {
  isOnline: () => (globalThis as Window).navigator?.onLine !== false,
  watch(listener) {
    const page = globalThis as Window;
    for (const name of events) page.addEventListener?.(name, listener);
    return () => {
      for (const name of events) page.removeEventListener?.(name, listener);
    };
  },
};
