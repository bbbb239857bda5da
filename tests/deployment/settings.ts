import { variableNames } from '@taskward/api';
import { readText } from '../support/repository/workspace.ts';

/** The variables that the API reads, with those of monitoring and of Node. */
export const knownVariables = (): ReadonlySet<string> =>
  new Set([...variableNames, 'METRICS_HOST', 'METRICS_PORT', 'NODE_ENV']);

/** Whether an image is named by a version, so that the same file always starts the same thing. */
export const isPinned = (image: string): boolean => /:v?\d+\.\d+[\w.-]*$/.test(image);

/** How long a shutdown takes at most, in seconds. */
export const shutdownSeconds = (): number => {
  const [, milliseconds = ''] = /closeWithGrace\(\{ delay: ([\d_]+)/.exec(readText('apps/api/src/main.ts')) ?? [];
  return Number(milliseconds.replaceAll('_', '')) / 1000;
};
