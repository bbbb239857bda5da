import { dirname } from 'node:path';
import { missingProgram } from '../../support/processes/programs.ts';
import { runFile } from '../../support/processes/run-file.ts';
import type { Report, Scenario } from './scenario.ts';

const root = dirname(dirname(dirname(import.meta.dirname)));

/** A fault that test files show, with every repetition that they have in CI. */
const shownBy = (name: string, title: string, files: readonly string[], skip?: string): Scenario => ({
  name,
  title: `${title} (${files.join(', ')})`,
  ways: ['direct'],
  times: files.length,
  skip,
  async run(scope): Promise<Report> {
    const ending = new AbortController();
    scope.teardown(() => ending.abort());
    const env = { ...process.env, TASKWARD_TEST_SCALE: 'full' };
    const options = { cwd: root, env, signal: ending.signal, onPass: () => {}, onFailure: () => {} };
    let assertions = 0;
    const skips: string[] = [];
    const failures: string[] = [];
    for (const file of files) {
      const result = await runFile(`tests/${file}`, options);
      assertions += result.passed;
      skips.push(...result.skips.map(({ name: test, reason }) => `not run: ${test} (${reason})`));
      failures.push(...result.failures.map((failure) => `${file}: ${failure.name}`));
    }
    return { times: files.length, notes: [`${assertions} assertions hold`, ...skips], broken: failures, late: [] };
  },
});

const pgbouncer = missingProgram('pgbouncer');
const redis = missingProgram('redis-server');

/** Faults whose every repetition differs from the others: tests show them, and are run as they are. */
export const testFiles: readonly Scenario[] = [
  shownBy('failover', 'failover', ['faults/failover.test.ts', 'faults/readiness.test.ts']),
  shownBy('failover-pgbouncer', 'failover behind PgBouncer', ['faults/pgbouncer-failover.test.ts'], pgbouncer),
  shownBy('pgbouncer', 'two users on pooled connections', ['faults/pgbouncer.test.ts'], pgbouncer),
  shownBy('wake-up', 'a database that scales to zero', ['faults/wake-up.test.ts']),
  shownBy('frozen', 'a server that freezes, or falls silent', [
    'faults/frozen.test.ts',
    'faults/half-response.test.ts',
  ]),
  shownBy('password', 'a password rotates', ['faults/password-rotation.test.ts']),
  shownBy('two-processes', 'users locked and connections cut', ['faults/two-processes.test.ts']),
  shownBy('redis-limits', 'the rate limit without Redis', ['rate-limit/redis-faults.test.ts'], redis),
  shownBy('streams', 'event streams are cut', ['faults/events.test.ts']),
  shownBy('sync', 'a client in sync is cut off', ['faults/sync.test.ts']),
  shownBy('embedded', 'the embedded database is killed', ['embedded-database/recovery.test.ts']),
];
