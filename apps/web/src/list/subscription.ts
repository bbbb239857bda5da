import { type Change, type LocalTasks, type ReminderEvent, type TaskwardClient, TaskwardError } from '@taskward/client';

/** The subscription to what is changed elsewhere. */
export interface Subscription {
  /** Begins, or begins anew: after a break, so as not to wait until the stream is tried again by itself. */
  restart(): void;
}

interface Options {
  readonly client: TaskwardClient;
  readonly local: LocalTasks;
  readonly signal: AbortSignal;
  /** Sends and reads. */
  request(): Promise<boolean>;
  failed(error: unknown): void;
  onReminder(event: ReminderEvent): void;
}

/** Makes a subscription that keeps a copy up to date until the signal is aborted. */
export const followChanges = ({ client, local, signal, request, failed, onReminder }: Options): Subscription => {
  let current = new AbortController();
  signal.addEventListener('abort', () => current.abort());

  /** What this window has sent comes back. There is nothing to read then. */
  const isKnown = async (change: Change): Promise<boolean> => {
    if (change.op === 'delete') return (await local.get(change.id)) === undefined;
    const task = await local.get(change.task.id);
    return task !== undefined && task.revision >= change.task.revision;
  };

  const onChange = async (change: Change): Promise<void> => {
    if (!(await isKnown(change))) void request();
  };

  return {
    restart() {
      current.abort();
      if (signal.aborted) return;
      current = new AbortController();
      const onStart = () => void request();
      client.subscribe(onChange, { onStart, onReminder, signal: current.signal }).catch((error) => {
        // The user's own task may be what is wrong: what the next sync fails with is shown.
        if (error instanceof TaskwardError) failed(error);
        else throw error;
      });
    },
  };
};
