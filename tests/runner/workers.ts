import { type FileResult, type RunOptions, runFile } from '../support/processes/run-file.ts';

/** How files are spread over the machine. */
export interface Workers extends Omit<RunOptions, 'signal'> {
  /** How many files that work run at a time. */
  readonly cores: number;
  /** Whether a file waits most of the time: as many of these run beside the others. */
  isWaiting(file: string): boolean;
  onResult(result: FileResult): void;
}

/** Runs test files, some at a time, each kind in the given order. Told to end, it starts no more of them. */
export const runInWorkers = async (files: readonly string[], { cores, isWaiting, onResult, ...options }: Workers) => {
  const working = files.filter((file) => !isWaiting(file));
  const waiting = files.filter(isWaiting);
  const ending = new AbortController();
  const end = () => ending.abort();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, end);
  const worker = async (...queues: string[][]): Promise<void> => {
    for (;;) {
      const file = queues.find((queue) => queue.length > 0)?.shift();
      if (file === undefined || ending.signal.aborted) return;
      onResult(await runFile(file, { ...options, signal: ending.signal }));
    }
  };
  // Where only those that wait are left, there is room for more of them.
  const workers = Array.from({ length: cores }, () => worker(working, waiting));
  await Promise.all([...workers, ...Array.from({ length: Math.max(2, cores) }, () => worker(waiting))]);
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, end);
};
