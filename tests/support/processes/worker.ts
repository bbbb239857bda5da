import { Worker } from 'node:worker_threads';

/**
 * Runs a module in a thread of its own and resolves to the message that it posts. For loops of thousands of
 * operations: tap follows every promise of a test's own thread, which makes each of them several times slower.
 */
export const runInWorker = <T>(module: URL, workerData: unknown): Promise<T> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(module, { workerData });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the worker ended with code ${code} before it said anything`)));
  });

/** Where things opened outside a tap test are noted, to be closed in the end. */
export const makeScope = () => {
  const closers: (() => Promise<void>)[] = [];
  return {
    teardown: (close: () => Promise<void>) => void closers.push(close),
    close: async () => {
      for (const close of closers.splice(0).reverse()) await close();
    },
  };
};
