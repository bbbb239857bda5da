import { useCallback, useEffect, useState } from 'preact/hooks';
import type { ListState, TaskList } from '../../list/task-list.ts';
import type { Drafts } from './drafts.ts';

/** Returns the state of the list, and renders again after each change. */
export const useListState = (list: TaskList): ListState => {
  const [state, setState] = useState(list.state);
  useEffect(() => {
    const read = () => setState(list.state());
    read();
    return list.watch(read);
  }, [list]);
  return state;
};

/** Returns the time in milliseconds since 1970, and renders again each half minute: what is overdue changes by itself. */
export const useNow = (): number => {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
};

/** A state that outlasts a reload, until it is set to `undefined`. */
export const useDraft = <Value>(
  drafts: Drafts,
  name: string,
): [Value | undefined, (value: Value | undefined) => void] => {
  const [value, setValue] = useState(() => drafts.read<Value>(name));
  const keep = useCallback(
    (next: Value | undefined) => {
      drafts.write(name, next);
      setValue(() => next);
    },
    [drafts, name],
  );
  return [value, keep];
};

/** What a call of the server has brought. */
export interface Loaded<Value> {
  readonly value?: Value;
  /** Why it failed: the server's sentence. */
  readonly error?: string;
  /** Calls again. */
  readonly reload: () => void;
}

/** Calls the server, again with `reload`. A result that comes after the component is gone is dropped. */
export const useLoaded = <Value>(load: () => Promise<Value>): Loaded<Value> => {
  const [round, setRound] = useState(0);
  const [result, setResult] = useState<{ readonly value?: Value; readonly error?: string }>({});
  useEffect(() => {
    let isOver = false;
    load().then(
      (value) => isOver || setResult({ value }),
      (error: unknown) =>
        isOver || setResult(({ value }) => ({ ...(value !== undefined && { value }), error: messageOf(error) })),
    );
    return () => {
      isOver = true;
    };
  }, [round]);
  return { ...result, reload: () => setRound((before) => before + 1) };
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
