import { stripVTControlCharacters } from 'node:util';
import type { Failure, FileResult, Skip } from '../support/processes/run-file.ts';

/** Where a report goes. */
export interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** What a whole run came to. */
export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Reports the progress of a run, and its result. */
export interface Report {
  passed(): void;
  failed(file: string, failure: Failure): void;
  finished(result: FileResult): void;
  /** Prints the summary. Its last line is `N passed, N failed`, and `, N skipped` if any were. */
  end(): Totals;
}

const perSecond = 10;
const secondsOnPipe = 15;

const clock = (milliseconds: number): string => {
  const seconds = Math.floor(milliseconds / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

const indented = (text: string): string => text.trimEnd().replace(/^/gm, '    ');

const shownFailure = (file: string, { name, details }: Failure): string => {
  const { diff, stack, at: _at, source: _source, tapCaught: _caught, ...rest } = details;
  const parts = [diff, ...(Object.keys(rest).length > 0 ? [JSON.stringify(rest, undefined, 2)] : []), stack];
  return [`✗ ${file} > ${name}`, ...parts.filter((part) => typeof part === 'string').map(indented), ''].join('\n');
};

// A machine cannot be root and an ordinary user at once, nor open a checkout that only root may enter.
const isUnavoidable = ({ reason }: Skip): boolean => /^(for root|this checkout is open to root only)$/.test(reason);

/**
 * Reports a run on a screen: one line that is written anew at a terminal, a line now and then elsewhere; failures at
 * once and again in the end, each skipped test as a line.
 * @param skipsFail whether a test that was skipped counts as failed, where everything is installed
 */
export const makeReport = (
  screen: Screen,
  {
    files,
    skipsFail = false,
    clocked = performance,
  }: { files: number; skipsFail?: boolean; clocked?: { now(): number } },
): Report => {
  const began = clocked.now();
  const results: FileResult[] = [];
  const failures: string[] = [];
  let [passed, shownAt] = [0, began];
  const isTerminal = screen.isTTY === true;

  const progress = (): string =>
    `${results.length}/${files} files, ${passed} passed, ${failures.length} failed, ${clock(clocked.now() - began)}`;
  const clear = () => isTerminal && screen.write('\r\u001b[K');
  const show = () => {
    const every = isTerminal ? 1_000 / perSecond : secondsOnPipe * 1_000;
    if (clocked.now() - shownAt < every) return;
    shownAt = clocked.now();
    if (isTerminal) screen.write(`\r\u001b[K${progress().slice(0, (screen.columns ?? 80) - 1)}`);
    else screen.write(`${progress()}\n`);
  };

  return {
    passed() {
      passed += 1;
      show();
    },
    failed(file, failure) {
      const text = shownFailure(file, failure);
      failures.push(text);
      clear();
      screen.write(`${text}\n`);
    },
    finished(result) {
      results.push(result);
      show();
    },
    end() {
      clear();
      const skips = results.flatMap(({ file, skips }) => skips.map((skip) => ({ file, ...skip })));
      const forbidden = skipsFail ? skips.filter((skip) => !isUnavoidable(skip)) : [];
      const noted = results.filter(({ failures: own, stderr }) => own.length > 0 && stderr.trim() !== '');
      if (failures.length > 0) screen.write(`\nWhat failed:\n\n${failures.join('\n')}\n`);
      for (const { file, stderr } of noted)
        screen.write(`${file} wrote to standard error:\n${indented(stripVTControlCharacters(stderr))}\n\n`);
      for (const { file, name, reason } of skips) screen.write(`skipped: ${file} > ${name}: ${reason}\n`);
      if (forbidden.length > 0) screen.write('Nothing may be skipped here: what is skipped counts as failed.\n');
      const totals = {
        passed,
        failed: failures.length + forbidden.length,
        skipped: skips.length - forbidden.length,
      };
      const ending = totals.skipped > 0 ? `, ${totals.skipped} skipped` : '';
      screen.write(`\n${totals.passed} passed, ${totals.failed} failed${ending}\n`);
      return totals;
    },
  };
};

/** Prints what a file printed as TAP, as one test among others. */
export const writeTap = (screen: Screen, number: number, { file, tap, failures, milliseconds }: FileResult): void => {
  const body = tap.replace(/^TAP version 14\n/, '').replace(/^(?=.)/gm, '    ');
  const ok = failures.length === 0 ? 'ok' : 'not ok';
  screen.write(`# Subtest: ${file}\n${body}${ok} ${number} - ${file} # time=${milliseconds}ms\n\n`);
};
