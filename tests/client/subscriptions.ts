import type { Change, SubscribeOptions, TaskwardClient } from '@taskward/client';
import type { Test } from 'tap';

/** Sends a request. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Waits until something holds. */
export const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 2));
};

const titleOf = (change: Change) => (change.op === 'put' ? change.task.title : `deleted ${change.id}`);

/** A subscription that ends with the test, and what it was told. */
export const aSubscription = (t: Test, client: TaskwardClient, options: SubscribeOptions = {}) => {
  const end = new AbortController();
  const heard: string[] = [];
  const onStart = () => heard.push('start');
  const ended = client.subscribe((change) => heard.push(titleOf(change)), { onStart, signal: end.signal, ...options });
  ended.catch(() => {});
  t.teardown(() => end.abort());
  const hears = async (what: string) => {
    await Promise.race([until(() => heard.includes(what)), ended]);
    if (!heard.includes(what)) throw new Error(`it ended without ${what}`);
  };
  return { heard, ended, end: () => end.abort(), hears };
};
