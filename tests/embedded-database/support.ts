import { type ChildProcess, execFileSync, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  type EmbeddedDatabase,
  type EmbeddedDatabaseOptions,
  startEmbeddedDatabase,
} from '@taskward/embedded-database';
import pg from 'pg';
import t, { type Test } from 'tap';

// Each test makes a database from nothing, which a busy disk can draw out.
t.setTimeout(300_000);

export const isRoot = process.getuid?.() === 0;

/** Losing a test's data to a power cut is no loss. */
export const settings = { fsync: 'off' };

interface TestOptions {
  mode?: number;
  skip?: boolean | string;
}

/** A test with its own project directory. When it is over, none of its processes may be left. */
export function test(name: string, body: (t: Test, project: Project) => Promise<unknown>, options: TestOptions = {}) {
  t.test(name, { skip: options.skip ?? false }, async (t) => {
    const project = makeProject(options.mode);
    try {
      await body(t, project);
    } finally {
      await project.end();
    }
    t.strictSame(processesIn(project.root), [], 'no process is left');
  });
}

export type Project = ReturnType<typeof makeProject>;

function makeProject(mode = 0o755) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'taskward database ')));
  chmodSync(root, mode);
  const directory = join(root, '.data');
  const databases: EmbeddedDatabase[] = [];
  const holders: ChildProcess[] = [];
  return {
    root,
    directory,
    data: join(directory, 'postgres', 'data'),
    async start(options: Partial<EmbeddedDatabaseOptions> = {}): Promise<EmbeddedDatabase> {
      const database = await startEmbeddedDatabase({ directory, settings, ...options });
      databases.push(database);
      return database;
    },
    async hold(options: SpawnOptions & { entry?: string; mode?: 'leave' } = {}): Promise<Holder> {
      const { entry = import.meta.resolve('@taskward/embedded-database'), mode, ...spawnOptions } = options;
      const script = fileURLToPath(new URL('holder.ts', import.meta.url));
      const args = [script, entry, JSON.stringify({ directory, settings }), ...(mode ? [mode] : [])];
      const child = spawn(process.execPath, args, { cwd: '/', ...spawnOptions, stdio: ['ignore', 'pipe', 'inherit'] });
      holders.push(child);
      if (!child.stdout) throw new Error('no output');
      const exited = once(child, 'exit').then(() => Promise.reject(new Error('the holder ended')));
      const [line] = await Promise.race([once(createInterface(child.stdout), 'line'), exited]);
      exited.catch(() => {});
      return { child, ...JSON.parse(line) };
    },
    async end() {
      for (const holder of holders) holder.kill('SIGKILL');
      await Promise.all(databases.map((database) => database.release()));
      await eventually(60_000, () => processesIn(root).length === 0).catch(() => undefined);
      rmSync(root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

export interface Holder {
  child: ChildProcess;
  notices: string[];
  url: string;
  error?: string;
}

export async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

export async function eventually(within: number, isSo: () => boolean | Promise<boolean>) {
  for (const deadline = Date.now() + within; Date.now() < deadline; await sleep(10)) if (await isSo()) return;
  throw new Error(`not so within ${within} ms`);
}

export const isAlive = (pid: number) => processes().has(pid);

export const commandOf = (pid: number) => processes().get(pid) ?? '';

export const postgresPid = (data: string) => Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);

export function keeperPid(root: string) {
  const pid = processesIn(root).find((pid) => commandOf(pid).includes('keeper.ts'));
  if (!pid) throw new Error('no keeper');
  return pid;
}

export function processesIn(root: string): number[] {
  return [...processes()].filter(([, command]) => command.includes(root)).map(([pid]) => pid);
}

/**
 * Every other live process by its arguments, and where the system tells by its working directory, since the sessions of
 * a server have no arguments.
 */
function processes(): Map<number, string> {
  if (process.platform !== 'linux') {
    const lines = execFileSync('ps', ['-axww', '-o', 'pid=,command='], { encoding: 'utf8' }).trim().split('\n');
    return new Map(lines.map((line) => [Number.parseInt(line, 10), line]));
  }
  const commands = readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid)
    .map((pid) => [pid, orNothing(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ')] as const)
    .filter(([, command]) => command);
  return new Map(commands.map(([pid, command]) => [pid, command + orNothing(() => readlinkSync(`/proc/${pid}/cwd`))]));
}

/** A process may end while it is looked at, or be another user's. */
function orNothing(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
