import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Test } from 'tap';
import { type ApiProcess, aDirectory, aFreePort, endWithTest, eventually } from '../processes/processes.ts';
import { findProgram, missingProgram } from '../processes/programs.ts';

/** For tests that need a real Prometheus: skips them where there is none. Debian's package has `promtool` too. */
export const withPrometheus = { skip: missingProgram('prometheus') ?? false };

/** Where a server that runs with METRICS_PORT has its metrics. It logs that while it starts. */
export const metricsUrlOf = async ({ output }: Pick<ApiProcess, 'output'>): Promise<string> => {
  const find = () => /Metrics are at (http:\S+\/metrics)\./.exec(output())?.[1];
  if (!(await eventually(() => find() !== undefined))) throw new Error(`no metrics are served: ${output()}`);
  return find() as string;
};

/** Runs promtool. @returns its exit code and everything that it printed */
export const promtool = (args: readonly string[]): { code: number | null; output: string } => {
  const { status, stdout, stderr } = spawnSync(findProgram('promtool') ?? 'promtool', args, { encoding: 'utf8' });
  return { code: status, output: `${stdout}${stderr}` };
};

interface Data {
  readonly result: readonly Sample[];
  readonly alerts: readonly { readonly labels: { readonly alertname: string }; readonly state: string }[];
}

/** One result of a query. */
export interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [time: number, text: string];
}

/** A Prometheus of the test's own, which scrapes one target every second as the job `taskward`. */
export interface Prometheus {
  /** Evaluates an expression now. @throws Error with Prometheus's sentence */
  query(expression: string): Promise<readonly Sample[]>;
  /** The states of an alert: `pending` or `firing`; none while its expression has no result. */
  alertStates(name: string): Promise<readonly string[]>;
}

/**
 * Starts a real Prometheus on a free port of 127.0.0.1. It ends with the test.
 * @param target host and port of what it scrapes
 * @param rules a file of rules
 */
export const aPrometheus = async (t: Test, target: string, rules: string): Promise<Prometheus> => {
  const directory = await aDirectory(t, 'prometheus');
  const port = await aFreePort();
  const file = join(directory, 'prometheus.yml');
  await writeFile(
    file,
    `global: { scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s }
rule_files: [${JSON.stringify(rules)}]
scrape_configs:
  - job_name: taskward
    static_configs: [{ targets: [${JSON.stringify(target)}] }]
`,
  );
  const child = spawn(
    findProgram('prometheus') ?? 'prometheus',
    [
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(directory, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=warn',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let output = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    output += text;
  });
  const exited = once(child, 'exit');
  const end = endWithTest(child);
  t.teardown(async () => {
    end();
    await exited;
  });
  const url = `http://127.0.0.1:${port}`;
  const isReady = () =>
    fetch(`${url}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  if (!(await eventually(async () => child.exitCode !== null || (await isReady()))) || child.exitCode !== null)
    throw new Error(`Prometheus did not start: ${output}`);
  const ask = async (path: string) => {
    const response = await fetch(`${url}/api/v1/${path}`);
    const { status, data, error } = (await response.json()) as { status: string; data: Data; error?: string };
    if (status !== 'success') throw new Error(`Prometheus rejects ${path}: ${error}`);
    return data;
  };
  return {
    query: async (expression) => (await ask(`query?query=${encodeURIComponent(expression)}`)).result,
    alertStates: async (name) =>
      (await ask('alerts')).alerts.filter(({ labels }) => labels.alertname === name).map(({ state }) => state),
  };
};
