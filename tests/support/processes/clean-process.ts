import { execFile } from 'node:child_process';

/** How a process ended. */
export interface Ending {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/**
 * Runs a script on this Node, in the given environment and no other. tap slips a loader of its own into all processes
 * that a test starts, by their environment: that makes them slower, and some tools, tsc among them, do not start with it.
 */
export const runScript = (
  args: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string | undefined>> },
): Promise<Ending> => {
  const settings = Object.entries(env).filter(([, value]) => value !== undefined);
  const [file, ...rest] =
    process.platform === 'win32'
      ? [process.execPath, ...args]
      : ['/usr/bin/env', '-i', ...settings.map(([name, value]) => `${name}=${value}`), process.execPath, ...args];
  return new Promise((resolve) => {
    const options = { cwd, env: Object.fromEntries(settings), timeout: 240_000, maxBuffer: 64 * 1024 * 1024 };
    const child = execFile(file as string, rest, options, (_, out, err) =>
      resolve({ code: child.exitCode ?? -1, out, err }),
    );
  });
};
