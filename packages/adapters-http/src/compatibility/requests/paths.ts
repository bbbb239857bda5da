import type { Use } from './translation.ts';

/** Returns the contract's URL for one that another backend has, with its use; `undefined` if there is nothing to translate. */
export const translatedUrl = (_url: string): { readonly url: string; readonly use: Use } | undefined => undefined;
