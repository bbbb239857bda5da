import { LruMap } from 'toad-cache';

/** How far somebody has got within their window. */
export interface Count {
  readonly remaining: number;
  /** Until a new window begins, whole seconds, rounded up. */
  readonly ttlInSeconds: number;
  readonly isExceeded: boolean;
}

interface Window {
  count: number;
  readonly began: number;
}

// Those who have not been seen for longest are forgotten first: it is a bound to memory, not to users.
const mostKnown = 50_000;

/**
 * Counts calls in windows of fixed length, which begin with the first call. Nothing is asked of anybody, so counting
 * takes no time to speak of.
 * @returns counts one more call under a name
 */
export const makeLocalCounter = (max: number, windowSeconds: number): ((name: string) => Count) => {
  const length = windowSeconds * 1_000;
  const windows = new LruMap<Window>(mostKnown);
  return (name) => {
    const now = Date.now();
    let window = windows.get(name);
    if (window === undefined || now - window.began >= length) {
      window = { count: 0, began: now };
      windows.set(name, window);
    }
    window.count += 1;
    return {
      remaining: Math.max(0, max - window.count),
      ttlInSeconds: Math.ceil((window.began + length - now) / 1_000),
      isExceeded: window.count > max,
    };
  };
};
