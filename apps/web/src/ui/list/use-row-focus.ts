import type { LocalTask } from '@taskward/client';
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Which row has the focus, or would have it. */
export interface RowFocus {
  /** The index of the row that `Tab` leads to; -1 in an empty list. It is never dropped from the document. */
  readonly active: number;
  /** Puts the focus on a row, by its index. */
  readonly focus: (index: number) => void;
  /** Makes a row the one that `Tab` leads to. */
  readonly activate: (key: number) => void;
}

const controlOf = (list: HTMLElement | null, key: number): HTMLElement | null =>
  list?.querySelector<HTMLElement>(`[data-key="${key}"] .check`) ?? null;

/**
 * Keeps the focus in a list: when the focused task disappears it goes to the one that takes its place, and to `fallback` when
 * none is left.
 * @param reveal scrolls until a row is visible
 */
export const useRowFocus = (
  tasks: readonly LocalTask[],
  list: RefObject<HTMLElement | null>,
  reveal: (index: number) => void,
  fallback: () => void,
): RowFocus => {
  const [activeKey, setActiveKey] = useState<number>();
  const lastIndex = useRef(0);
  const hasFocus = useRef(false);
  const wanted = useRef<number | undefined>(undefined);
  const [, renderAgain] = useState(0);

  const found = tasks.findIndex(({ key }) => key === activeKey);
  const active = found >= 0 ? found : Math.min(lastIndex.current, tasks.length - 1);

  useLayoutEffect(() => {
    const box = list.current;
    if (box === null) return;
    const enter = () => {
      hasFocus.current = true;
    };
    // An element that is removed loses the focus, too: whether that is so is known when the change is complete.
    const leave = () => {
      setTimeout(() => {
        hasFocus.current = box.contains(document.activeElement);
      });
    };
    box.addEventListener('focusin', enter);
    box.addEventListener('focusout', leave);
    return () => {
      box.removeEventListener('focusin', enter);
      box.removeEventListener('focusout', leave);
    };
  }, [list]);

  useLayoutEffect(() => {
    lastIndex.current = Math.max(0, active);
    const isLost = hasFocus.current && (document.activeElement === document.body || document.activeElement === null);
    if (wanted.current === undefined && !isLost) return;
    wanted.current = undefined;
    const task = tasks[active];
    if (task === undefined) {
      hasFocus.current = false;
      fallback();
      return;
    }
    reveal(active);
    controlOf(list.current, task.key)?.focus({ preventScroll: true });
    setActiveKey(task.key);
  });

  return {
    active,
    activate: setActiveKey,
    focus: (index) => {
      const task = tasks[Math.max(0, Math.min(tasks.length - 1, index))];
      wanted.current = task?.key ?? 0;
      setActiveKey(task?.key);
      renderAgain((round) => round + 1);
    },
  };
};
