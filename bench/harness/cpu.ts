import { readdirSync, readFileSync } from 'node:fs';
import { BenchError } from './processes.ts';

interface Usage {
  readonly parent: number;
  /** Clock ticks in user and kernel mode. */
  readonly own: number;
  /** The same of its children that have ended. */
  readonly ofEnded: number;
}

// Linux counts in hundredths of a second for programs, whatever the kernel's own clock.
const ticksPerSecond = 100;

const usageOf = (pid: number | string): Usage | undefined => {
  try {
    // The name before it is in parentheses, and may have spaces and parentheses itself.
    const [, fields = ''] = /^.*\) \S+ (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    const [parent = 0, , , , , , , , , , user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields
      .split(' ')
      .map(Number);
    return { parent, own: user + system, ofEnded: endedUser + endedSystem };
  } catch {
    return undefined;
  }
};

const required = (pid: number): Usage => {
  const usage = usageOf(pid);
  if (usage === undefined)
    throw new BenchError(`/proc/${pid}/stat cannot be read: CPU time is measured on Linux only.`);
  return usage;
};

/** Returns the CPU seconds that a process has used. @throws BenchError where there is no /proc */
export const cpuOf = (pid: number): number => required(pid).own / ticksPerSecond;

/** Returns the process that started another. @throws BenchError where there is no /proc */
export const parentOf = (pid: number): number => required(pid).parent;

/** Returns the CPU seconds that a process and its children have used, those that have ended included. */
export const cpuOfFamily = (pid: number): number => {
  const { own, ofEnded } = required(pid);
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(usageOf)
    .filter((usage) => usage?.parent === pid);
  return (own + ofEnded + children.reduce((sum, child) => sum + (child?.own ?? 0), 0)) / ticksPerSecond;
};
