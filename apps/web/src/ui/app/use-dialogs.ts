import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { ListState } from '../../list/task-list.ts';
import type { OpenDialog } from './context.ts';
import type { Drafts } from './drafts.ts';

/** Whether the reader is writing something, or deciding in a dialog: nothing should open by itself then. */
const isBusy = (): boolean =>
  document.activeElement?.matches('input:not([type=checkbox]), textarea, select') === true ||
  document.querySelector('dialog[open]') !== null;

/** Puts the focus on the task that had it last, or on the line for a new one. */
export const focusList = (): void => {
  const find = (selector: string) => document.querySelector<HTMLElement>(selector);
  (find('.row .check[tabindex="0"]') ?? find('#new-task'))?.focus();
};

/** A dialog that was opened, with a number that no other has. */
export interface OpenedDialog {
  readonly number: number;
  readonly dialog: OpenDialog;
}

let opened = 0;
const numbered = (dialog: OpenDialog): OpenedDialog => {
  opened += 1;
  return { number: opened, dialog };
};

/**
 * Keeps the dialogs that are open: details are open again after a reload, and conflicts are shown when they come up, unless
 * the reader is in the middle of something.
 */
export const useDialogs = (drafts: Drafts, { conflicts }: Pick<ListState, 'conflicts'>) => {
  const [dialogs, setDialogs] = useState<readonly OpenedDialog[]>(() => {
    const before = drafts.read<OpenDialog>('open dialog');
    return before === undefined ? [] : [numbered(before)];
  });
  const open = useCallback((dialog: OpenDialog) => setDialogs((before) => [...before, numbered(dialog)]), []);
  // The browser reports that a dialog was closed when the reader may have opened another one already: that one stays.
  const close = useCallback(
    (closed: OpenedDialog) => setDialogs((before) => before.filter(({ number }) => number !== closed.number)),
    [],
  );

  useEffect(() => {
    drafts.write('open dialog', dialogs.find(({ dialog: { kind } }) => kind === 'details')?.dialog);
  }, [drafts, dialogs]);

  // Details that a reload has opened have nothing to give the focus back to.
  const wasOpen = useRef(false);
  useEffect(() => {
    const isLost = wasOpen.current && dialogs.length === 0 && document.activeElement === document.body;
    wasOpen.current = dialogs.length > 0;
    if (isLost) focusList();
  }, [dialogs]);

  const hasConflicts = conflicts.length > 0;
  useEffect(() => {
    if (hasConflicts && !isBusy()) open({ kind: 'conflicts' });
  }, [hasConflicts, open]);

  return { dialogs, open, close };
};
