import type { KeptValues } from '../../session/environment.ts';

/** What was typed and not sent: it outlasts a reload, for each user and each window by itself. */
export interface Drafts {
  read<Value>(name: string): Value | undefined;
  /** Keeps a value; `undefined` drops it. */
  write(name: string, value: unknown): void;
}

/**
 * Keeps drafts in a storage. Where it is full or switched off, drafts last as long as the page.
 * @param userId whose drafts they are: nobody else sees them
 */
export const makeDrafts = (storage: () => KeptValues, userId: string): Drafts => {
  const unstored = new Map<string, string>();
  const nameOf = (name: string) => `taskward draft ${userId} ${name}`;
  return {
    read: <Value>(name: string) => {
      try {
        const text = unstored.get(name) ?? storage().getItem(nameOf(name));
        return text === null ? undefined : (JSON.parse(text) as Value);
      } catch {
        return undefined;
      }
    },
    write: (name, value) => {
      unstored.delete(name);
      try {
        if (value === undefined) storage().removeItem(nameOf(name));
        else storage().setItem(nameOf(name), JSON.stringify(value));
      } catch {
        if (value !== undefined) unstored.set(name, JSON.stringify(value));
      }
    },
  };
};
