import type { LocalTask } from '@taskward/client';
import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ListPlace } from '../../list/task-list.ts';
import { gapAt, placeOfGap } from './drag-place.ts';

/** A row that is being dragged. */
export interface Drag {
  readonly key: number;
  /** Where it started. */
  readonly from: number;
  /** The pointer's height, in pixels from the top of the list. */
  readonly y: number;
  /** The gap that it would drop into. */
  readonly gap: number;
}

const edge = 64;

/**
 * Drags rows by pointer. Esc, and anything that takes the pointer away, ends it without a move.
 * @param onDrop moves a task
 * @returns the drag while there is one, and what starts it on `pointerdown`
 */
export const useDrag = (
  tasks: readonly LocalTask[],
  list: RefObject<HTMLElement | null>,
  rowHeight: number,
  onDrop: (key: number, place: ListPlace) => void,
) => {
  const [drag, setDrag] = useState<Drag>();
  const latest = useRef({ tasks, rowHeight, onDrop });
  latest.current = { tasks, rowHeight, onDrop };
  const stop = useRef<() => void>(undefined);
  useEffect(() => () => stop.current?.(), []);

  const start = (event: PointerEvent, key: number, from: number) => {
    if (event.button !== 0 || !(event.currentTarget instanceof Element)) return;
    event.preventDefault();
    const handle = event.currentTarget;
    const ends = new AbortController();
    const { signal } = ends;
    let clientY = event.clientY;
    let current: Drag | undefined;
    const follow = () => {
      const y = clientY - (list.current?.getBoundingClientRect().top ?? 0);
      current = { key, from, y, gap: gapAt(y, latest.current.rowHeight, latest.current.tasks.length) };
      setDrag(current);
    };
    const scroll = () => {
      if (signal.aborted) return;
      const speed = clientY < edge ? clientY - edge : Math.max(0, clientY - (innerHeight - edge));
      if (speed !== 0) {
        window.scrollBy({ top: speed / 4, behavior: 'instant' });
        follow();
      }
      requestAnimationFrame(scroll);
    };
    const finish = (isDropped: boolean) => {
      ends.abort();
      setDrag(undefined);
      if (!isDropped || current === undefined) return;
      const keys = latest.current.tasks.map((task) => task.key);
      const place = placeOfGap(keys, keys.indexOf(key), current.gap);
      if (place !== undefined) latest.current.onDrop(key, place);
    };
    stop.current = () => ends.abort();
    handle.setPointerCapture(event.pointerId);
    const listen = <Type extends keyof WindowEventMap>(type: Type, listener: (event: WindowEventMap[Type]) => void) =>
      addEventListener(type, listener, { signal });
    listen('pointermove', (moved) => {
      clientY = moved.clientY;
      follow();
    });
    listen('pointerup', () => finish(true));
    listen('pointercancel', () => finish(false));
    listen('keydown', ({ key: pressed }) => pressed === 'Escape' && finish(false));
    requestAnimationFrame(scroll);
  };

  return { drag, start };
};
