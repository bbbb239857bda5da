import type { RefObject } from 'preact';
import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { scrollTo, type Viewport, type VirtualWindow, windowOf } from './virtual-window.ts';

const overscan = 12;

/** Which rows are to be in the document, and a way to scroll to others. */
export interface ListViewport {
  readonly window: VirtualWindow;
  /** In pixels. */
  readonly rowHeight: number;
  readonly reveal: (index: number) => void;
}

/** How much of the window's top is covered by what stays there. */
const coveredTop = (): number => Math.max(0, document.querySelector('.top-bar')?.getBoundingClientRect().bottom ?? 0);

/** Where notices come up. */
const coveredBottom = 88;

/**
 * Follows what of a list is visible while the page scrolls.
 * @param probe an element that is as high as a row, which depends on the width of the window and the size of the text
 */
export const useViewport = (
  list: RefObject<HTMLElement | null>,
  probe: RefObject<HTMLElement | null>,
  count: number,
): ListViewport => {
  const [rowHeight, setRowHeight] = useState(60);
  const [shown, setShown] = useState<VirtualWindow>({ first: 0, end: 0 });
  const measure = useRef<() => Viewport>(() => ({ scrolled: 0, height: 0, rowHeight }));
  measure.current = () => ({
    scrolled: -(list.current?.getBoundingClientRect().top ?? 0),
    height: innerHeight,
    rowHeight,
  });

  useLayoutEffect(() => {
    const update = () => {
      const next = windowOf(measure.current(), count, overscan);
      setShown((before) => (before.first === next.first && before.end === next.end ? before : next));
    };
    update();
    addEventListener('scroll', update, { passive: true });
    addEventListener('resize', update);
    return () => {
      removeEventListener('scroll', update);
      removeEventListener('resize', update);
    };
  }, [count, rowHeight]);

  useLayoutEffect(() => {
    const element = probe.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setRowHeight(element.offsetHeight || 60));
    observer.observe(element);
    return () => observer.disconnect();
  }, [probe]);

  const reveal = useCallback((index: number) => {
    const distance = scrollTo(measure.current(), index, coveredTop(), coveredBottom);
    if (distance !== 0) window.scrollBy({ top: distance, behavior: 'instant' });
  }, []);

  // The list may have become shorter since the last look.
  const end = Math.min(shown.end, count);
  return { window: { first: Math.min(shown.first, end), end }, rowHeight, reveal };
};
