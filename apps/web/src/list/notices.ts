import type { Notice } from './task-list.ts';

/** What has just happened, as sentences to show. */
export interface Notices {
  current(): Notice | undefined;
  done(text: string, undo?: () => Promise<void>): void;
  /** Tells why something has failed: the server's own sentence, if there is one. */
  failed(error: unknown): void;
  dismiss(): void;
}

const longest = 60;

/** Returns a title as sentences name it: in quotes, and cut if it is long. */
export const named = ({ title }: { readonly title: string }): string => {
  const characters = Array.from(title.trim());
  return `“${characters.length > longest ? `${characters.slice(0, longest).join('')}…` : characters.join('')}”`;
};

/** Keeps the last notice. @param onChange called after each change */
export const makeNotices = (onChange: () => void): Notices => {
  let count = 0;
  let current: Notice | undefined;
  const set = (notice: Omit<Notice, 'id'> | undefined): void => {
    count += 1;
    current = notice && { id: count, ...notice };
    onChange();
  };
  return {
    current: () => current,
    done: (text, undo) => set({ kind: 'done', text, ...(undo && { undo }) }),
    failed: (error) => set({ kind: 'failed', text: error instanceof Error ? error.message : String(error) }),
    dismiss: () => set(undefined),
  };
};
