// Runs before anything is installed, on whatever Node the machine has (≥ 18): plain JavaScript, built-in modules only.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const oldestNode = [22, 18];
const orphanCheckMilliseconds = 500;

const readLock = (file) => {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
  } catch {
    return undefined;
  }
};

// npm notes in node_modules what it installed. Packages for other platforms are in the first list only.
const isInstalled = () => {
  const wanted = readLock('package-lock.json') ?? {};
  const installed = readLock('node_modules/.package-lock.json');
  if (installed === undefined) return false;
  return Object.entries(wanted).every(([path, { version, optional, link }]) => {
    if (!path.startsWith('node_modules/') || optional || link) return true;
    return installed[path]?.version === version;
  });
};

/** Installs what package-lock.json lists, unless it is there. */
const ensureInstalled = () => {
  if (isInstalled()) return;
  // Not on standard output: a command's result may be piped.
  console.error('Installing what Taskward needs (once, about a minute) …');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const options = {
    cwd: root,
    stdio: ['ignore', process.stderr.fd, 'pipe'],
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'development' },
  };
  const { status, stderr } = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, {
        ...options,
        shell: process.platform === 'win32',
      });
  if (status !== 0) {
    const [, host] = /request to https?:\/\/([^/\s]+)/.exec(stderr) ?? [];
    const [code] =
      /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT)\b/.exec(stderr) ?? [];
    if (code !== undefined) {
      console.error(
        `The libraries could not be fetched: ${host ?? 'the npm registry'} does not answer (${code}). Check the network and its proxy, then run the same command again.`,
      );
    } else {
      console.error(`${stderr}\nThe installation failed: see above. Mend that, then run the same command again.`);
    }
    process.exit(status ?? 1);
  }
};

const versionOf = (node) => spawnSync(node, ['--version'], { encoding: 'utf8' });

const isRecentEnough = (node) => {
  const { status, stdout } = versionOf(node);
  const [major = 0, minor = 0] = (stdout ?? '').replace('v', '').split('.').map(Number);
  return status === 0 && (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]));
};

/** The Node that Taskward runs on: the one of package-lock.json, or the machine's where that cannot run here. */
const findNode = () => {
  const pinned = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(pinned) && isRecentEnough(pinned)) return pinned;
  if (isRecentEnough(process.execPath)) return process.execPath;
  // The smallest Linux images have Node's other libraries, and not this one.
  if (existsSync(pinned) && /libatomic/.test(versionOf(pinned).stderr ?? '')) {
    console.error(
      'The Node that Taskward brings along needs libatomic, which this system lacks. Install it (`apt-get install libatomic1`,\n' +
        `\`dnf install libatomic\`), or a Node of your own that is ${oldestNode.join('.')} or newer, and run the same command again.`,
    );
    process.exit(1);
  }
  console.error(
    `Taskward runs on Node ${oldestNode.join('.')} or newer, this is ${process.version}, and the one in node_modules cannot run here.\n` +
      'Were install scripts switched off? Run `npm ci --ignore-scripts=false`, or install a newer Node.',
  );
  process.exit(1);
};

// npm runs scripts in a shell, which does not end with it.
const findCallers = () => {
  if (process.env.npm_lifecycle_event === undefined) return `${process.ppid}`;
  try {
    const [, parent] = /^.*\) \S (\d+)/s.exec(readFileSync(`/proc/${process.ppid}/stat`, 'utf8'));
    return `${process.ppid} ${parent}`;
  } catch {
    return `${process.ppid}`;
  }
};

const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs Node, once the libraries are installed, and ends as it did. `prepare` is called before, with that Node's path. Signals are passed on, also Ctrl-C, which a terminal sends to both: a supervisor or a
 * container runtime signals this process alone.
 */
export const runNode = (args, env = {}, prepare = () => {}) => {
  ensureInstalled();
  const node = findNode();
  prepare(node);
  const child = spawn(node, args, {
    cwd: root,
    stdio: 'inherit',
    env: {
      // Keeps compiled sources between starts.
      NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/compile'),
      ...process.env,
      TASKWARD_SUPERVISED: '1',
      ...env,
    },
  });
  for (const signal of passedOn) process.on(signal, () => child.kill(signal));
  const callers = findCallers();
  setInterval(() => {
    if (findCallers() !== callers) child.kill('SIGTERM');
  }, orphanCheckMilliseconds).unref();
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 130;
    if (signal === null || signal === 'SIGINT') return;
    for (const one of passedOn) process.removeAllListeners(one);
    process.kill(process.pid, signal);
  });
};
