import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Parser, type Result } from 'tap-parser';

/** A failed assertion, or what else went wrong in a file. */
export interface Failure {
  /** The tests that it is within, and its own name. */
  readonly name: string;
  /** What tap found out about it. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** A test that was not run. */
export interface Skip {
  readonly name: string;
  readonly reason: string;
}

/** What came of a test file. */
export interface FileResult {
  readonly file: string;
  readonly passed: number;
  readonly failures: readonly Failure[];
  readonly skips: readonly Skip[];
  readonly milliseconds: number;
  /** What it printed, as TAP. */
  readonly tap: string;
  /** What it wrote to standard error. */
  readonly stderr: string;
}

// For a whole file, on a machine that does other things besides. Tests that must be faster say so themselves.
const fileSeconds = 300;
const graceMilliseconds = 10_000;

const flags = ['--conditions=@taskward/source'];

const named = ({ fullname, name }: Result) => (fullname.endsWith(name) ? fullname : `${fullname} > ${name}`);

/**
 * Runs a test file in a process of its own, and reads the TAP that it prints.
 * @param onPass called for each assertion that held
 * @param onFailure called for each that did not, at once
 */
export const runFile = async (
  file: string,
  { cwd, env, signal: ending, onPass, onFailure }: RunOptions,
): Promise<FileResult> => {
  const began = performance.now();
  const child = spawn(process.execPath, [...flags, file], {
    cwd,
    env: { ...env, TAP: '1', TAP_TIMEOUT: String(fileSeconds) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const end = () => void child.kill('SIGTERM');
  ending.addEventListener('abort', end);
  const failures: Failure[] = [];
  const skips: Skip[] = [];
  let [passed, tap, stderr] = [0, '', ''];
  const fail = (failure: Failure) => {
    failures.push(failure);
    onFailure(file, failure);
  };
  const parser = new Parser();
  parser.on('pass', () => {
    passed += 1;
    onPass();
  });
  parser.on('fail', (result: Result) => fail({ name: named(result), details: result.diag ?? {} }));
  const notRun = (result: Result) =>
    skips.push({
      name: named(result),
      reason: String(result.skip === true ? 'no reason given' : result.skip || `to do: ${result.todo}`),
    });
  parser.on('skip', notRun);
  parser.on('todo', notRun);
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    tap += text;
    parser.write(text);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  // tap ends a file that takes too long, and says what it was waiting for; unless it cannot.
  const timers = [
    setTimeout(() => child.kill('SIGALRM'), fileSeconds * 1_000 + graceMilliseconds),
    setTimeout(() => child.kill('SIGKILL'), fileSeconds * 1_000 + 3 * graceMilliseconds),
  ];
  const [code, signal] = await once(child, 'close').catch((error) => [String(error), null]);
  for (const timer of timers) clearTimeout(timer);
  ending.removeEventListener('abort', end);
  const whole = new Promise<{ ok: boolean; count: number }>((resolve) => parser.once('complete', resolve));
  parser.end();
  const { ok, count } = await whole;
  if (failures.length === 0 && (code !== 0 || !ok)) {
    fail({ name: 'the file ended before its tests did', details: { exitCode: code, ...(signal && { signal }) } });
  } else if (count === 0) {
    fail({ name: 'the file has no tests', details: {} });
  }
  return { file, passed, failures, skips, milliseconds: Math.round(performance.now() - began), tap, stderr };
};

/** The settings for running files, and the reporter of their results. */
export interface RunOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Ends the file early. */
  readonly signal: AbortSignal;
  onPass(): void;
  onFailure(file: string, failure: Failure): void;
}
