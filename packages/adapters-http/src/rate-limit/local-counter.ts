import { LruMap } from 'toad-cache';
import type { Count, RateCounter } from './rate-counter.ts';

interface Window {
  count: number;
  readonly began: number;
}

// Bounds memory: beyond it, the least recently used names are evicted.
const maxNames = 50_000;

/**
 * Makes a counter in the memory of this process.
 * @param max the maximum number of calls in one window
 */
export const makeLocalCounter = (max: number, windowSeconds: number): RateCounter & { count(name: string): Count } => {
  const length = windowSeconds * 1_000;
  const windows = new LruMap<Window>(maxNames);
  return {
    count: (name) => {
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
    },
  };
};
