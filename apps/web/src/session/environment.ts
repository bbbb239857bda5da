import type { EndedSession } from './session.ts';

/** What remains when the page is closed, as `localStorage` has it. */
export interface KeptValues {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** What sessions need of the browser. */
export interface Environment {
  /** The URL that addresses are relative to. */
  readonly pageUrl: string;
  readonly fetch: typeof globalThis.fetch;
  readonly kept: KeptValues;
  /** Calls a function when another tab has changed what is kept. */
  readonly onKeptElsewhere: (listener: () => void) => void;
  /** Called when a session has ended, once those who watch have been told; waited for. */
  readonly onSignedOut: (ended: EndedSession) => Promise<void>;
}
