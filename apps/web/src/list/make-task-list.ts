import type { LocalTask, Settings, SyncResult, SyncStore, Task, TaskwardClient } from '@taskward/client';
import { browserNetwork, type Network } from '../browser/network.ts';
import { makeDueReminders } from './due-reminders.ts';
import { type Selection, selectTasks } from './filter-tasks.ts';
import { followCopy } from './follow-copy.ts';
import { makeNotices } from './notices.ts';
import { makeServerCalls } from './server-calls.ts';
import { followChanges } from './subscription.ts';
import { type Backoff, makeSynchronizer } from './synchronizer.ts';
import { makeTaskEdits } from './task-edits.ts';
import type { Filter, ListState, TaskList } from './task-list.ts';
import { makeTaskView } from './task-view.ts';

/** What a list works with. */
export interface TaskListOptions {
  readonly client: TaskwardClient;
  /** Holds the copy. The list keeps some values of its own in it, under keys that begin with `page/`. */
  readonly store: SyncStore;
  readonly network?: Network;
  readonly backoff?: Backoff;
  /** Returns the time in milliseconds. */
  readonly now?: () => number;
  /** Called once, when nobody is signed in any more: the server has rejected the token, and a new one, too. */
  readonly onSignedOut?: (error: Error) => void;
}

const firstFilter: Filter = { search: '', status: 'all', due: 'any', priority: 'any', tag: '', sort: 'position' };

const settingsKey = 'page/settings';
const completeKey = 'page/complete';
const firstPage = 100;
// Tasks become overdue, and a day ends, although nothing is changed.
const tick = 30_000;

/** The settings of a user who has set nothing, where the browser is. */
const assumedSettings = (): Settings => ({
  time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  day_starts_at: '00:00',
  week_starts_on: 'monday',
});

const toLocalTask = ({ user_id: _, ...task }: Task): LocalTask => ({ ...task, key: task.id, isPending: false });

const isSameList = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one.length === other.length && one.every((value, index) => value === other[index]);

/** Makes a list over a store. It resolves when the copy is read; the server's tasks follow. */
export const makeTaskList = async (options: TaskListOptions): Promise<TaskList> => {
  const { client, store, network = browserNetwork, now = Date.now, onSignedOut = () => {} } = options;
  const { backoff = { minDelay: 1_000, maxDelay: 60_000 } } = options;
  const listeners = new Set<() => void>();
  const end = new AbortController();

  let filter = firstFilter;
  let settings = assumedSettings();
  let isComplete = false;
  let isPreviewed = false;
  let completed = (): void => {};
  const completion = new Promise<void>((resolve) => {
    completed = resolve;
  });
  let left: SyncResult = { conflicts: [], rejected: [] };
  // The copy does not list what is deleted and not sent.
  const deleted = new Set<number>();
  let selection: Selection | undefined;
  let lastSelection: Selection | undefined;
  let state: ListState | undefined;
  let isAnnounced = false;

  const changed = (): void => {
    state = undefined;
    if (isAnnounced || end.signal.aborted) return;
    isAnnounced = true;
    queueMicrotask(() => {
      isAnnounced = false;
      for (const listener of listeners) listener();
    });
  };

  const tasksChanged = (): void => {
    selection = undefined;
    changed();
  };

  const local = client.sync(store);
  const view = makeTaskView(local, tasksChanged);
  const notices = makeNotices(changed);
  const reminders = makeDueReminders(changed);

  const select = (): Selection => {
    const made = selectTasks(view.all(), filter, { now: now(), settings });
    const tasks = lastSelection && isSameList(made.tasks, lastSelection.tasks) ? lastSelection.tasks : made.tasks;
    const tags = lastSelection && isSameList(made.tags, lastSelection.tags) ? lastSelection.tags : made.tags;
    lastSelection = { ...made, tasks, tags };
    return lastSelection;
  };

  const makeState = (): ListState => {
    selection ??= select();
    return {
      ...selection,
      isLoading: !isComplete && !isPreviewed && view.all().length === 0,
      filter,
      connection: synchronizer.connection(),
      unsent: view.all().filter(({ isPending }) => isPending).length + deleted.size,
      conflicts: left.conflicts,
      rejected: left.rejected,
      notice: notices.current(),
      reminders: reminders.current(),
      settings,
      error: synchronizer.error() ?? subscription.error(),
    };
  };

  const getState = (): ListState => {
    state ??= makeState();
    return state;
  };

  const setSettings = async (given: Settings): Promise<void> => {
    settings = given;
    tasksChanged();
    await store.write({ [settingsKey]: given });
  };

  const readSettings = (): Promise<void> =>
    client
      .settings({ signal: end.signal })
      .then(setSettings)
      .catch(() => {
        // The sync that runs beside it fails of the same, and tells so.
      });

  const complete = async (): Promise<void> => {
    await view.reread();
    isComplete = true;
    completed();
    view.complete();
    await store.write({ [completeKey]: true });
  };

  const takeResult = (result: SyncResult, isBack: boolean): void => {
    const known = new Set(left.rejected.map(({ task }) => task.key));
    const fresh = result.rejected.find(({ task }) => !known.has(task.key));
    left = result;
    if (fresh !== undefined) notices.failed(new Error(fresh.error.error));
    deleted.clear();
    if (!isComplete) void complete().catch(notices.failed);
    changed();
    void synced();
    if (isBack) {
      void readSettings();
      subscription.restart();
    }
  };

  const synchronizer = makeSynchronizer({
    sync: () => local.sync(),
    network,
    backoff,
    onResult: takeResult,
    onChange: changed,
    onSignedOut(error) {
      end.abort();
      changed();
      onSignedOut(error);
    },
  });

  const subscription = followChanges({
    ...{ client, local, synchronizer, backoff, signal: end.signal, onChange: changed },
    onReminder({ task, reminder }) {
      reminders.add({ task: view.withId(task.id) ?? toLocalTask(task), at: reminder.at });
    },
  });

  const showFirstPage = async (): Promise<void> => {
    const { tasks } = await client.list({ sort: 'position', limit: firstPage }, { signal: end.signal });
    if (isComplete) return;
    isPreviewed = true;
    view.preview(tasks.map(toLocalTask));
  };

  const context = {
    ...{ client, local, view, notices, setSettings },
    sync: synchronizer.request,
    failed: synchronizer.failed,
    async ready(key: number) {
      if (isComplete || (await local.get(key)) !== undefined || (await synchronizer.request())) return;
      // Without a network, what is done to a task that is only shown waits for the copy to have it.
      await completion;
    },
    touched(key: number, isDeleted: boolean) {
      left = { ...left, rejected: left.rejected.filter(({ task }) => task.key !== key) };
      if (isDeleted) deleted.add(key);
      else deleted.delete(key);
      changed();
    },
    isShown: (key: number) => getState().tasks.some((task) => task.key === key),
  };
  const { synced, ...edits } = makeTaskEdits(context);

  settings = ((await store.get(settingsKey)) as Settings | undefined) ?? settings;
  isComplete = (await store.get(completeKey)) === true;
  const unfollow = await followCopy(local, {
    view,
    onConflicts(conflicts) {
      left = { ...left, conflicts };
      changed();
    },
    onError: notices.failed,
  });
  // They may have been changed in another window.
  const unwatchNetwork = network.watch(() => network.isOnline() && void readSettings());
  const ticking = setInterval(tasksChanged, tick);
  if (!isComplete) showFirstPage().catch(() => {});
  void synchronizer.request();
  void readSettings();
  subscription.restart();

  return {
    state: getState,
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setFilter(changes) {
      filter = { ...filter, ...changes };
      tasksChanged();
    },
    ...edits,
    ...makeServerCalls(context),
    dismissNotice: notices.dismiss,
    dismissReminder: reminders.dismiss,
    async refresh() {
      await synchronizer.request();
    },
    close() {
      clearInterval(ticking);
      unfollow();
      unwatchNetwork();
      synchronizer.close();
      end.abort();
      listeners.clear();
    },
  };
};
