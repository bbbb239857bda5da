// Runs programs as a container engine would, on Linux, without one: in a root of their own that holds the machine's
// programs, this Node, npm and a folder at /app.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { asRoot, missingRoot } from '../../support/processes/as-root.ts';
import { findProgram } from '../../support/processes/programs.ts';

/** How a program is run. */
export interface RunOptions {
  /** The folder that is /app there. */
  readonly app: string;
  /** An empty folder, on which the root is mounted. Nobody else sees that. */
  readonly mountPoint: string;
  readonly env: Readonly<Record<string, string>>;
  /** `uid:gid`. Without it, it runs as root, may write to /app, and finds npm: as while an image is built. */
  readonly user?: string | undefined;
  /** The machine's cache of npm, to use while an image is built. */
  readonly npmCache?: string | undefined;
}

/** Why there can be no container here, or undefined. */
export const missingContainer = (): string | undefined => {
  const missing = missingRoot('unshare', 'setpriv');
  if (missing !== undefined) return missing;
  const [program = '', ...args] = [...asRoot, 'unshare', '--mount', 'mount', '-t', 'tmpfs', 'none', '/mnt'];
  return spawnSync(program, args).status === 0 ? undefined : 'needs root, or sudo without a password, to mount folders';
};

const npmFolder = (): string => {
  const npm = findProgram('npm');
  if (npm === undefined) throw new Error('There is no npm on the PATH.');
  return dirname(dirname(realpathSync(npm)));
};

// $root, $app, $node, $npm, $cache and $user are set. Mounts of this shell are seen by it and its children only.
const script = `set -e
mount -t tmpfs -o mode=755 taskward "$root"
cd "$root"
mkdir app dev etc proc tmp usr
mount --rbind /dev dev; mount --rbind /proc proc
mount --bind /etc etc; mount --bind /usr usr
mount -t tmpfs -o mode=755 taskward usr/local
for folder in bin sbin lib lib64; do
  if [ -L "/$folder" ]; then cp -P "/$folder" "$folder"; elif [ -d "/$folder" ]; then mkdir "$folder"; mount --bind "/$folder" "$folder"; fi
done
mkdir -p usr/local/bin usr/local/lib/node_modules/npm
touch usr/local/bin/node; mount --bind "$node" usr/local/bin/node
mount --bind "$app" app
mount -t tmpfs -o mode=1777 taskward tmp
if [ -n "$user" ]; then
  mount -o remount,bind,ro app
else
  mount --bind "$npm" usr/local/lib/node_modules/npm
  ln -s ../lib/node_modules/npm/bin/npm-cli.js usr/local/bin/npm
  if [ -n "$cache" ]; then mkdir tmp/npm; mount --bind "$cache" tmp/npm; fi
fi
mount -o remount,bind,ro usr; mount -o remount,bind,ro etc; mount -o remount,ro usr/local; mount -o remount,ro .
if [ -z "$user" ]; then exec chroot . env -i -C /app "$@"; fi
exec chroot . setpriv --reuid "\${user%:*}" --regid "\${user#*:}" --clear-groups --no-new-privs --bounding-set=-all env -i -C /app "$@"
`;

/**
 * Starts a program. With a user, the root is read-only, except for /tmp, and no privilege can be gained.
 * @returns the process, which is the program itself, so that signals reach it
 */
export const startInContainer = (
  command: readonly string[],
  { app, mountPoint, env, user = '', npmCache = '' }: RunOptions,
): ChildProcess => {
  const settings = Object.entries({
    ...{ root: mountPoint, app, node: process.execPath, npm: user === '' ? npmFolder() : '', cache: npmCache, user },
    PATH: ['/usr/sbin', '/sbin', '/usr/bin', '/bin'].join(delimiter),
  }).map(([name, value]) => `${name}=${value}`);
  const inside = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const [program = '', ...args] = [
    ...[...asRoot, 'env', '-i', ...settings, 'unshare', '--mount', '--propagation', 'private'],
    ...['sh', '-c', script, 'sh', ...inside, ...command],
  ];
  return spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
};

/** Runs a program to its end. */
export const runInContainer = async (
  command: readonly string[],
  options: RunOptions,
): Promise<{ code: number | null; output: string }> => {
  const child = startInContainer(command, options);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk) => {
      output += chunk;
    });
  }
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, output };
};

/** Sends SIGTERM to a program that was started so. sudo, which only root may signal, passes it on. */
export const terminate = (child: ChildProcess): void => {
  const [program = 'kill', ...args] = [...asRoot, 'kill', '-TERM', `${child.pid}`];
  spawnSync(program, args);
};

/** Removes folders, whoever owns the files in them. */
export const removeAsRoot = (folder: string): void => {
  const [program = '', ...args] = [...asRoot, 'rm', '-rf', folder];
  spawnSync(program, args);
};
