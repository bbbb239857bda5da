/** One kind of request. */
export type RequestKind = 'list' | 'pending' | 'get' | 'create' | 'toggle' | 'changes';

/** How many of a hundred requests are of each kind. */
export type Shares = Readonly<Partial<Record<RequestKind, number>>>;

/** What front ends send, and what was measured before there were dates and changes. */
export const mixes = {
  mix: { list: 30, pending: 20, get: 20, toggle: 15, create: 10, changes: 5 },
  'simple-mix': { list: 50, get: 25, toggle: 15, create: 10 },
} as const satisfies Record<string, Shares>;
export type MixName = keyof typeof mixes;

export const isMix = (work: string): work is MixName => Object.hasOwn(mixes, work);

/** Returns the kind of request for a random number from 0 to 1. @throws Error if the shares add up to less than a hundred */
export const pickKind = (shares: Shares, random: number): RequestKind => {
  let left = random * 100;
  for (const [kind, share] of Object.entries(shares)) {
    left -= share;
    if (left < 0) return kind as RequestKind;
  }
  throw new Error(`The shares of a mix must add up to 100: ${mixText(shares)}.`);
};

/** Returns the shares as load.lua reads them: `list=50,get=25`. */
export const mixText = (shares: Shares): string =>
  Object.entries(shares)
    .map(([kind, share]) => `${kind}=${share}`)
    .join();

/** Returns the shares for people: `50 % list, 25 % get`. */
export const describeMix = (shares: Shares): string =>
  Object.entries(shares)
    .map(([kind, share]) => `${share} % ${kind}`)
    .join(', ');
