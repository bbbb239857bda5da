import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Says what to install where a program is missing, for a test's `skip`; under CI nothing may be. */
export const missingProgram = (name: string): string | undefined => {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  const isThere = folders.some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  if (isThere) return undefined;
  const line = `needs ${name}: apt-get install ${name}, or brew install ${name}`;
  if (process.env.CI === 'true') throw new Error(line);
  return line;
};
