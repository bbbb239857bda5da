import { missingProgram } from './programs.ts';

const isRoot = process.getuid?.() === 0;

/** What comes before a command that only root may run. */
export const asRoot: readonly string[] = isRoot ? [] : ['sudo', '-n'];

/** Why commands cannot be run as root on Linux, or `undefined`. @param programs which they are */
export const missingRoot = (...programs: readonly string[]): string | undefined => {
  if (process.platform !== 'linux') return 'needs Linux, to mount folders';
  const needed = isRoot ? programs : [...programs, 'sudo'];
  return needed.map((program) => missingProgram(program)).find((reason) => reason !== undefined);
};
