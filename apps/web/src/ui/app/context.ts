import type { LocalTask } from '@taskward/client';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { TaskList } from '../../list/task-list.ts';
import type { Drafts } from './drafts.ts';

/** A dialog that can be opened. */
export type OpenDialog =
  | { readonly kind: 'details'; readonly task: LocalTask }
  | { readonly kind: 'history'; readonly task: LocalTask }
  | { readonly kind: 'trash' | 'settings' | 'keys' | 'conflicts' | 'rejected' }
  | {
      readonly kind: 'confirm';
      readonly question: string;
      /** What the button says that does it. */
      readonly action: string;
      readonly run: () => void;
    };

/** What components share. It stays the same while the page is open. */
export interface Ui {
  readonly list: TaskList;
  readonly drafts: Drafts;
  /** Opens a dialog on top of those that are open. */
  open(dialog: OpenDialog): void;
  /** Tells a screen reader something that others see. */
  announce(text: string): void;
  /** Puts the focus on the task that had it last. */
  focusList(): void;
}

export const UiContext = createContext<Ui | undefined>(undefined);

/** Returns what components share. @throws Error outside of the page */
export const useUi = (): Ui => {
  const ui = useContext(UiContext);
  if (ui === undefined) throw new Error('This component belongs inside of UiContext.Provider.');
  return ui;
};
