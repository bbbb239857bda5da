import type { Environment } from './environment.ts';

/** Returns the environment of a page. */
export const browserEnvironment = (onSignedOut: Environment['onSignedOut']): Environment => ({
  pageUrl: document.baseURI,
  fetch: (input, init) => globalThis.fetch(input, init),
  kept: localStorage,
  onKeptElsewhere: (listener) => addEventListener('storage', listener),
  onSignedOut,
});
