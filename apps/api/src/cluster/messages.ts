import cluster, { type Worker } from 'node:cluster';
import type { UserId } from '@taskward/domain';

// The library of metrics sends messages of its own over the same channel: these are known by their key.
const key = 'taskward';

/** What a worker tells the primary. */
export type WorkerMessage =
  | { readonly [key]: 'ready'; readonly port: number }
  | { readonly [key]: 'jobs-started' }
  /** It cannot start; the message says why. */
  | { readonly [key]: 'failed'; readonly message: string }
  | ChangedMessage;

/** What the primary tells a worker. */
export type PrimaryMessage = { readonly [key]: 'start-jobs' } | { readonly [key]: 'stop' } | ChangedMessage;

/** Whose tasks have changed; passed on to all other workers. */
export interface ChangedMessage {
  readonly [key]: 'changed';
  readonly owners: readonly UserId[];
}

const isOurs = (message: unknown): boolean => typeof message === 'object' && message !== null && key in message;

// A process that has just ended is noticed elsewhere: what it was to be told does not matter any more.
const ignore = () => {};

/** Sends a message to a worker. */
export const tellWorker = (worker: Worker, message: PrimaryMessage): void => {
  if (worker.isConnected()) worker.process.send(message, ignore);
};

/** Calls back for each message of a worker. */
export const onWorkerMessage = (worker: Worker, receive: (message: WorkerMessage) => void): void => {
  worker.on('message', (message: unknown) => {
    if (isOurs(message)) receive(message as WorkerMessage);
  });
};

/** Sends a message to the primary. @param sent called once it is sent, or cannot be */
export const tellPrimary = (message: WorkerMessage, sent: () => void = ignore): void => {
  if (cluster.worker?.isConnected()) process.send?.(message, undefined, undefined, sent);
  else sent();
};

/** Calls back for each message of the primary. */
export const onPrimaryMessage = (receive: (message: PrimaryMessage) => void): void => {
  process.on('message', (message: unknown) => {
    if (isOurs(message)) receive(message as PrimaryMessage);
  });
};
