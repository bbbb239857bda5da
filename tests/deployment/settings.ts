import { variableNames } from '@taskward/api';
import { readText } from '../support/repository/workspace.ts';

/** The variables that the API reads, with that of Node. */
export const knownVariables = (): ReadonlySet<string> => new Set([...variableNames, 'NODE_ENV']);

/** Whether an image is named by a version, so that the same file always starts the same thing. */
export const isPinned = (image: string): boolean => /:v?\d+\.\d+[\w.-]*$/.test(image);

/** How long a shutdown takes at most, in seconds. */
export const shutdownSeconds = (): number => {
  const [, milliseconds = ''] = /closeWithGrace\(\{ delay: ([\d_]+)/.exec(readText('apps/api/src/main.ts')) ?? [];
  return Number(milliseconds.replaceAll('_', '')) / 1000;
};
