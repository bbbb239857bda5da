/// <reference lib="esnext.disposable" />
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { BenchError, run, stopAll } from './processes.ts';

/** What a run may use while it lasts. */
export interface Session {
  /** For files of this run only. */
  readonly directory: string;
  /** For what later runs can use again. */
  readonly cache: string;
  /** Has something done at the end, however it comes; what is named last is done first. */
  readonly defer: (onEnd: () => void | Promise<void>) => void;
}

const bench = resolve(import.meta.dirname, '..');
const biome = join(bench, '../node_modules/@biomejs/biome/bin/biome');

/** Prints a line that is no result. */
export const notice = (line: string): void => void process.stderr.write(`${line}\n`);

const open = (stack: AsyncDisposableStack): Session => {
  const directory = mkdtempSync(join(tmpdir(), 'taskward-bench-'));
  stack.defer(() => rmSync(directory, { recursive: true, force: true }));
  const cache = join(bench, '../node_modules/.cache/bench');
  mkdirSync(cache, { recursive: true });
  return { directory, cache, defer: (onEnd) => stack.defer(onEnd) };
};

/**
 * Runs a benchmark. At its end, at a failure and on Ctrl-C every process is ended that it started, and everything is
 * done that it deferred. Failures are printed and set the exit code.
 */
export const inSession = async (work: (session: Session) => Promise<void>): Promise<void> => {
  const stack = new AsyncDisposableStack();
  let end: Promise<void> | undefined;
  const finish = () => {
    stopAll();
    end ??= stack.disposeAsync();
    return end;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, async () => {
      if (end === undefined) notice('\nStopping: what was started is ended, and its databases are dropped.');
      await finish();
      process.exit(130);
    });
  }
  try {
    await work(open(stack));
  } catch (error) {
    // After a signal everything fails.
    if (end === undefined) notice(`\n${error instanceof BenchError ? error.message : (error as Error).stack}`);
    process.exitCode = 1;
  }
  await finish();
};

/** Prints results, and writes them to bench/results as Markdown and JSON. */
export const writeResults = async <T>(name: string, toMarkdown: (results: T) => string, found: T): Promise<void> => {
  const results = join(bench, 'results');
  const markdown = toMarkdown(found);
  console.log(`\n${markdown}`);
  mkdirSync(results, { recursive: true });
  writeFileSync(join(results, `${name}.md`), `${markdown}\n`);
  const json = join(results, `${name}.json`);
  writeFileSync(json, JSON.stringify(found));
  // As `npm run check` wants every file of the repository.
  await run({ file: process.execPath, args: [biome, 'format', '--write', json] });
};
