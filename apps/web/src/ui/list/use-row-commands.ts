import type { LocalTask } from '@taskward/client';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { type Command, commandOf } from '../app/commands.ts';
import { useUi } from '../app/context.ts';
import { useDraft } from '../app/hooks.ts';
import { hasLetterKeys } from '../app/letter-keys.ts';
import { isPageKey } from '../app/page-keys.ts';
import type { RowFocus } from './use-row-focus.ts';

interface Rows extends RowFocus {
  readonly tasks: readonly LocalTask[];
  readonly list: RefObject<HTMLElement | null>;
  /** Moves a row by one place in the user's own order. */
  readonly step: (index: number, by: -1 | 1) => void;
}

/**
 * Lets keys act on rows, and knows whose title is being edited.
 * @returns `renamed`, the key of the task whose title is edited; `rename`, which starts that, and `endRename`, which ends it
 */
export const useRowCommands = (rows: Rows) => {
  const { list, drafts, open } = useUi();
  const [renamed, setRenamed] = useDraft<number>(drafts, 'renamed');
  const latest = useRef(rows);
  latest.current = rows;

  const rename = (key: number) => {
    latest.current.activate(key);
    setRenamed(key);
  };

  // After a reload the edit goes on.
  useEffect(() => {
    if (renamed !== undefined) rows.activate(renamed);
  }, []);

  useEffect(() => {
    /** @returns whether the key has been used */
    const run = (command: Command, event: KeyboardEvent): boolean => {
      const { tasks, active, focus, step, list: box } = latest.current;
      const isInList = box.current?.contains(event.target as Node) ?? false;
      // Arrows and the like move rows only from a row: elsewhere they scroll.
      if (!isInList && command !== 'next' && command !== 'previous') return false;
      if (!isInList && event.key.startsWith('Arrow') && event.target !== document.body) return false;
      const task = tasks[active];
      if (task === undefined) return false;
      switch (command) {
        case 'next':
          focus(isInList ? active + 1 : active);
          return true;
        case 'previous':
          focus(isInList ? active - 1 : active);
          return true;
        case 'first':
          focus(0);
          return true;
        case 'last':
          focus(tasks.length - 1);
          return true;
        case 'toggle':
          void list.setCompleted(task.key, !task.completed);
          return true;
        case 'rename':
          // Enter on a button presses it.
          if (event.key === 'Enter' && event.target instanceof HTMLButtonElement) return false;
          rename(task.key);
          return true;
        case 'details':
          open({ kind: 'details', task });
          return true;
        case 'delete':
          void list.remove(task.key);
          return true;
        case 'move-up':
          step(active, -1);
          return true;
        case 'move-down':
          step(active, 1);
          return true;
        default:
          return false;
      }
    };
    const listener = (event: KeyboardEvent) => {
      if (!isPageKey(event)) return;
      const command = commandOf(event, hasLetterKeys());
      if (command !== undefined && run(command, event)) event.preventDefault();
    };
    addEventListener('keydown', listener);
    return () => removeEventListener('keydown', listener);
  }, []);

  return {
    renamed,
    rename,
    endRename: (returnsFocus: boolean) => {
      setRenamed(undefined);
      if (returnsFocus) latest.current.focus(latest.current.active);
    },
  };
};
