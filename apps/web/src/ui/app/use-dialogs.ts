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

/**
 * Keeps the dialogs that are open: details are open again after a reload, and conflicts are shown when they come up, unless
 * the reader is in the middle of something.
 */
export const useDialogs = (drafts: Drafts, { conflicts }: Pick<ListState, 'conflicts'>) => {
  const [dialogs, setDialogs] = useState<readonly OpenDialog[]>(() => {
    const before = drafts.read<OpenDialog>('open dialog');
    return before === undefined ? [] : [before];
  });
  const open = useCallback((dialog: OpenDialog) => setDialogs((before) => [...before, dialog]), []);
  const close = useCallback((depth: number) => setDialogs((before) => before.slice(0, depth)), []);

  useEffect(() => {
    drafts.write(
      'open dialog',
      dialogs.find(({ kind }) => kind === 'details'),
    );
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
