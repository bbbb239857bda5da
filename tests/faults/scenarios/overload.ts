import { aUser } from '../../support/builders.ts';
import { aToken } from '../../support/http/tokens.ts';
import type { Scope } from '../../support/processes/processes.ts';
import { runInWorker } from '../../support/processes/worker.ts';
import type { Outcome, Task } from './overload-load.ts';
import { type Report, type Run, type Scenario, unmet } from './scenario.ts';
import { aVictim, startTarget } from './target.ts';

const users = 50;
const tasksEach = 100;
const admittedMilliseconds = 250;
const recoveryMilliseconds = 5_000;
const memoryFactor = 1.2;
// The load is to be that of the processor: a slow disk keeps so many waiting that nothing else shows.
const notOfTheDisk = { fsync: 'off', synchronous_commit: 'off' };

const addTasks = async (url: string, token: string): Promise<void> => {
  const operations = Array.from({ length: tasksEach }, (_, n) => ({ op: 'create', title: `task ${n}` }));
  const response = await fetch(`${url}/api/tasks/batch`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ operations }),
  });
  if (!response.ok) throw new Error(`a batch was responded to with ${response.status}: ${await response.text()}`);
};

/** Twice the load that can be sustained. `times` is for how many seconds. */
const run = async (scope: Scope, { way, times }: Run): Promise<Report> => {
  const target = await startTarget(scope, await aVictim(scope, notOfTheDisk), way);
  const [api] = target.processes;
  if (api === undefined) throw new Error('there is no process');
  const tokens = Array.from({ length: users }, () => aToken({ sub: aUser() }));
  for (const token of tokens) await addTasks(api.url, token);
  const task: Task = { url: api.url, pid: api.pid, tokens, seconds: times };
  const outcome = await runInWorker<Outcome>(new URL('overload-load.ts', import.meta.url), task);
  const { sustainable, sent, admitted, shed, others, withoutRetryAfter, p99, memory, recovery } = outcome;
  const unhandled = target.unhandled();
  const growth = memory.peak / memory.sustained;
  const errors = Object.entries(others).reduce((sum, [status, n]) => sum + (/^5/.test(status) ? n : 0), 0);
  return {
    times,
    errors,
    unhandled,
    recovery,
    notes: [
      `sent ${(sent / sustainable).toFixed(2)} times what can be sustained; ${admitted} admitted, ${shed} shed`,
      `p99 admitted ${Math.round(p99.admitted)} ms, shed ${Math.round(p99.shed)} ms, before ${Math.round(p99.sustained)} ms`,
      `memory ${growth.toFixed(2)} times as much`,
    ],
    broken: unmet({
      [`responses were ${JSON.stringify(others)}`]: Object.keys(others).length === 0,
      [`${withoutRetryAfter} were shed without Retry-After`]: withoutRetryAfter === 0,
      'nothing was shed': shed > 0,
      'the process ended, or did not handle an error': unhandled === 0,
    }),
    late: unmet({
      [`the p99 of admitted requests was ${Math.round(p99.admitted)} ms`]: p99.admitted <= admittedMilliseconds,
      [`memory was ${growth.toFixed(2)} times as much`]: growth <= memoryFactor,
      [`it took ${Math.round(recovery)} ms to be as before`]: recovery < recoveryMilliseconds,
      [`only ${(sent / sustainable).toFixed(2)} times the load could be sent`]: sent / sustainable > 1.8,
    }),
  };
};

/** Twice the load that the server can sustain. */
export const overload: Scenario = {
  name: 'overload',
  title: 'twice the load that can be sustained, for so many seconds',
  ways: ['direct', 'PgBouncer'],
  times: 60,
  run,
};
