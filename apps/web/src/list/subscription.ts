import { type Change, type LocalTasks, type ReminderEvent, type TaskwardClient, TaskwardError } from '@taskward/client';
import { type Backoff, delayAfter, type Synchronizer } from './synchronizer.ts';

/** The subscription to what is changed elsewhere. */
export interface Subscription {
  /** Why changes cannot be followed although the server answers. */
  error(): string | undefined;
  /** Begins, or begins anew: after a break, so as not to wait until the stream is tried again by itself. */
  restart(): void;
}

interface Options {
  readonly client: TaskwardClient;
  readonly local: LocalTasks;
  readonly synchronizer: Synchronizer;
  readonly backoff: Backoff;
  readonly signal: AbortSignal;
  /** Called when the error changes. */
  onChange(): void;
  onReminder(event: ReminderEvent): void;
}

// Changes that come together are looked at together.
const gatheringTime = 20;

/** Makes a subscription that keeps a copy up to date until the signal is aborted. */
export const followChanges = (options: Options): Subscription => {
  const { client, local, synchronizer, backoff, signal, onChange, onReminder } = options;
  let current = new AbortController();
  let gathered: Change[] = [];
  let problem: string | undefined;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    current.abort();
  });

  const setProblem = (message: string | undefined): void => {
    if (message === problem) return;
    problem = message;
    onChange();
  };

  const isKnown = async (change: Change): Promise<boolean> => {
    if (change.op === 'delete') return (await local.get(change.id)) === undefined;
    const task = await local.get(change.task.id);
    return task !== undefined && task.revision >= change.task.revision;
  };

  /** Reads what has changed, unless it is what this window has sent, and what comes back. */
  const look = async (): Promise<void> => {
    const changes = gathered;
    gathered = [];
    await synchronizer.idle();
    for (const change of changes) {
      if (await isKnown(change)) continue;
      await synchronizer.request();
      return;
    }
  };

  const take = (change: Change): void => {
    gathered.push(change);
    if (gathered.length === 1) setTimeout(() => void look().catch(synchronizer.failed), gatheringTime);
  };

  const onStart = (): void => {
    failures = 0;
    setProblem(undefined);
    void synchronizer.request();
  };

  const ended = (error: unknown): void => {
    if (signal.aborted) return;
    if (error instanceof TaskwardError && error.status === 401) {
      synchronizer.failed(error);
      return;
    }
    failures += 1;
    timer = setTimeout(restart, delayAfter(failures, backoff));
    if (error instanceof TaskwardError && error.status > 0) setProblem(error.message);
  };

  const restart = (): void => {
    clearTimeout(timer);
    current.abort();
    if (signal.aborted) return;
    current = new AbortController();
    // What is sent or read next fails, too, which says how the server is reached, and is tried again.
    const onLost = () => void synchronizer.request();
    client.subscribe(take, { onStart, onLost, onReminder, signal: current.signal }).catch(ended);
  };

  return { error: () => problem, restart };
};
