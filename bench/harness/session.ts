/// <reference lib="esnext.disposable" />
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { BenchError, run, stopAll } from './processes.ts';

/** The resources of a run. */
export interface Session {
  /** A directory for files of this run. */
  readonly directory: string;
  /** A directory for what later runs can reuse. */
  readonly cache: string;
  /** Registers a function to call at the end of the run, in reverse order. */
  readonly defer: (onEnd: () => void | Promise<void>) => void;
}

const bench = resolve(import.meta.dirname, '..');
const biome = join(bench, '../node_modules/@biomejs/biome/bin/biome');

/** Prints a line to standard error. */
export const notice = (line: string): void => void process.stderr.write(`${line}\n`);

const open = (stack: AsyncDisposableStack): Session => {
  const directory = mkdtempSync(join(tmpdir(), 'taskward-bench-'));
  stack.defer(() => rmSync(directory, { recursive: true, force: true }));
  const cache = join(bench, '../node_modules/.cache/bench');
  mkdirSync(cache, { recursive: true });
  return { directory, cache, defer: (onEnd) => stack.defer(onEnd) };
};

/**
 * Runs a benchmark. At its end, on a failure and on Ctrl-C it kills all processes that it started and calls all deferred
 * functions. Failures are printed and set the exit code.
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
    // Errors after a signal are expected.
    if (end === undefined) notice(`\n${error instanceof BenchError ? error.message : (error as Error).stack}`);
    process.exitCode = 1;
  }
  await finish();
};

/** Writes charts to bench/results. @param charts SVG by name @returns the names of the files */
export const writeCharts = (name: string, charts: Readonly<Record<string, string>>): string[] =>
  Object.entries(charts).map(([chart, svg]) => {
    const file = `${name}-${chart}.svg`;
    writeFileSync(join(bench, 'results', file), svg);
    return file;
  });

/** Prints the results, and writes them to bench/results as Markdown and JSON. */
export const writeResults = async <T>(name: string, toMarkdown: (results: T) => string, found: T): Promise<void> => {
  const results = join(bench, 'results');
  const markdown = toMarkdown(found);
  console.log(`\n${markdown}`);
  mkdirSync(results, { recursive: true });
  writeFileSync(join(results, `${name}.md`), `${markdown}\n`);
  const json = join(results, `${name}.json`);
  writeFileSync(json, JSON.stringify(found));
  // `npm run check` requires all files of the repository to be formatted.
  await run({ file: process.execPath, args: [biome, 'format', '--write', json] });
};
