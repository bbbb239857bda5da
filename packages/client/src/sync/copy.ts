import { exclusively } from '../locks.ts';
import type { BatchOperation, Task } from '../types.ts';
import type { Edit, Entry } from './edits.ts';
import type { SyncStore } from './store.ts';

/** Operations that were sent, or are about to be. They are sent again, unchanged, until there is a response. */
export interface Sending {
  readonly key: string;
  readonly operations: readonly BatchOperation[];
  /** The ids of the edits, in the same order. */
  readonly ids: readonly number[];
}

/** What is known of the local copy as a whole. */
export interface CopyState {
  /** Where the next changes begin; `undefined` to read all tasks. */
  readonly cursor?: string | undefined;
  /** How often all tasks were read from the beginning. */
  readonly generation: number;
  /** Whether the tasks of earlier generations may be gone. */
  readonly isPartial: boolean;
  readonly owner?: string | undefined;
  /** The last id that was given to a new task here. */
  readonly lastId: number;
  readonly sending?: Sending | undefined;
}

interface TaskRecord {
  readonly task: Task;
  readonly generation: number;
  /** The id that the task had here before it was sent. */
  readonly createdAs?: number | undefined;
}

/** An entry, and the key under which an app knows it. */
export interface KeyedEntry extends Entry {
  readonly key: number;
}

/** Reads and changes the copy while nobody else does. What it has changed is stored at its end, all or nothing. */
export interface CopyAccess {
  state(): Promise<CopyState>;
  setState(changes: Partial<CopyState>): Promise<void>;
  /** Returns the entry of a task by its id, or by the one that it had before it was sent. */
  entry(id: number): Promise<KeyedEntry>;
  /** Sets an entry; without a task and an edit, it is removed. */
  set(key: number, entry: Entry | undefined): Promise<void>;
  /** Sets an entry by what the server has just sent. */
  see(key: number, entry: Entry | undefined): Promise<void>;
  /** Returns all entries with edits. */
  edited(): Promise<KeyedEntry[]>;
  /** Returns all entries. */
  all(): Promise<KeyedEntry[]>;
  /** Returns the entries of tasks that were not seen since all tasks were last read from the beginning. */
  unseen(): Promise<KeyedEntry[]>;
}

const initial: CopyState = { generation: 0, isPartial: true, lastId: 0 };

const makeAccess = (store: SyncStore, changes: Record<string, unknown>, changed: Set<number>): CopyAccess => {
  // Nobody else writes meanwhile. A change needs some values several times, and a page of changes has hundreds.
  const read = new Map<string, Promise<unknown>>();
  const get = async <Value>(key: string): Promise<Value | undefined> => {
    if (key in changes) return changes[key] as Value | undefined;
    const reading = read.get(key) ?? store.get(key);
    read.set(key, reading);
    return (await reading) as Value | undefined;
  };
  const state = async () => (await get<CopyState>('state')) ?? initial;
  const idOf = async (key: number) => (key < 0 ? ((await get<number>(`alias/${key}`)) ?? key) : key);
  const keyed = (edit: Edit | undefined, record: TaskRecord | undefined): KeyedEntry => ({
    key: record?.createdAs ?? record?.task.id ?? edit?.id ?? 0,
    task: record?.task,
    edit,
  });
  const all = async <Value>(prefix: string, idOf: (value: Value) => number): Promise<Value[]> => {
    const stored = ((await store.all(prefix)) as Value[]).filter((value) => !(`${prefix}${idOf(value)}` in changes));
    const written = Object.entries(changes).filter(([key, value]) => key.startsWith(prefix) && value !== undefined);
    const values = [...stored, ...written.map(([, value]) => value as Value)];
    // Tasks that were created here in the order of their creation, whatever the order of the store's keys.
    return values.sort((one, other) => Math.abs(idOf(one)) - Math.abs(idOf(other)));
  };
  const tasks = () => all<TaskRecord>('task/', ({ task }) => task.id);
  const edits = () => all<Edit>('edit/', ({ id }) => id);
  const joined = async (records: readonly TaskRecord[]) => {
    const editOf = new Map((await edits()).map((edit) => [edit.id, edit]));
    return records.map((record) => keyed(editOf.get(record.task.id), record));
  };

  const set = async (key: number, entry: Entry | undefined, isSeen = false): Promise<void> => {
    const before = await idOf(key);
    const old = await get<TaskRecord>(`task/${before}`);
    const id = entry?.task?.id ?? before;
    const createdAs = old?.createdAs ?? (key < 0 ? key : undefined);
    changed.add(createdAs ?? key);
    const { generation } = await state();
    const seen = isSeen || old === undefined ? generation : old.generation;
    if (id !== before) changes[`edit/${before}`] = undefined;
    if (createdAs !== undefined) changes[`alias/${createdAs}`] = entry?.task?.id;
    changes[`task/${id}`] = entry?.task && { task: entry.task, generation: seen, createdAs };
    changes[`edit/${id}`] = entry?.edit;
  };

  return {
    state,
    async setState(given) {
      changes.state = { ...(await state()), ...given };
    },
    async entry(given) {
      const id = await idOf(given);
      const entry = keyed(await get<Edit>(`edit/${id}`), await get<TaskRecord>(`task/${id}`));
      return entry.key === 0 ? { ...entry, key: given } : entry;
    },
    set,
    see: (key, entry) => set(key, entry, true),
    edited: async () =>
      Promise.all((await edits()).map(async (edit) => keyed(edit, await get<TaskRecord>(`task/${edit.id}`)))),
    async all() {
      const known = await joined(await tasks());
      const unsent = (await edits()).filter(({ id }) => id < 0).map((edit) => keyed(edit, undefined));
      return [...known, ...unsent];
    },
    async unseen() {
      const { generation } = await state();
      return joined((await tasks()).filter((record) => record.generation !== generation));
    },
  };
};

/** Hears of changes. @param keys the tasks that may have changed; `undefined` if a tab with another version does not say */
export type CopyListener = (keys: readonly number[] | undefined) => void;

/** The local copy in a store. */
export interface Copy {
  readonly name: string;
  access<Result>(work: (access: CopyAccess) => Promise<Result>): Promise<Result>;
  /** Calls a function after each change of the copy, also by another tab. @returns what ends that */
  watch(listener: CopyListener): () => void;
}

/** Opens the copy in a store. */
export const openCopy = (store: SyncStore): Copy => {
  const name = `taskward ${store.name}`;
  const listeners = new Set<CopyListener>();
  let channel: BroadcastChannel | undefined;
  const notify = (keys: readonly number[] | undefined): void => {
    for (const listener of listeners) listener(keys);
  };
  const openChannel = (): BroadcastChannel | undefined => {
    if (typeof BroadcastChannel === 'undefined') return undefined;
    const opened = new BroadcastChannel(name);
    opened.onmessage = ({ data }: MessageEvent) => notify(Array.isArray(data) ? data : undefined);
    return opened;
  };
  const announce = (keys: readonly number[]): void => {
    // A channel does not hear itself.
    const speaker = channel ?? openChannel();
    speaker?.postMessage(keys);
    if (speaker !== channel) speaker?.close();
    notify(keys);
  };

  return {
    name,
    async access(work) {
      const changes: Record<string, unknown> = {};
      const changed = new Set<number>();
      const result = await exclusively(name, async () => {
        const result = await work(makeAccess(store, changes, changed));
        if (Object.keys(changes).length > 0) await store.write(changes);
        return result;
      });
      if (changed.size > 0) announce([...changed]);
      return result;
    },
    watch(listener) {
      const one: CopyListener = (keys) => listener(keys);
      listeners.add(one);
      channel ??= openChannel();
      return () => {
        listeners.delete(one);
        if (listeners.size > 0) return;
        channel?.close();
        channel = undefined;
      };
    },
  };
};
