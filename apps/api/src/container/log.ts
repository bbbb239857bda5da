import { type Logger, pino, stdSerializers } from 'pino';
import { PinoPretty } from 'pino-pretty';
import type { Config } from '../configuration/config.ts';

const descriptors = { stdout: 1, stderr: 2 };

// What an error may say besides its message: never what PostgreSQL tells of rows (`detail`, `where`), which has their content.
const loggedProperties = [
  'type',
  'message',
  'stack',
  'code',
  'severity',
  'table',
  'constraint',
  'routine',
  'errno',
  'syscall',
];
const shownError = (error: unknown): unknown => {
  if (!(error instanceof Error)) return error;
  const all: object = stdSerializers.err(error);
  return Object.fromEntries(Object.entries(all).filter(([name]) => loggedProperties.includes(name)));
};

/**
 * Makes the log: JSON lines, or readable lines for a development server on a terminal. It contains no tokens, and no content of tasks.
 * @param output where it is written: by default to standard output
 */
export const makeLog = (
  { config }: { config: Pick<Config, 'environment' | 'logLevel' | 'processes'> },
  output: keyof typeof descriptors = 'stdout',
): Logger => {
  const destination = descriptors[output];
  const options = {
    level: config.logLevel,
    // Tells the lines of several processes apart.
    base: config.processes > 1 ? { pid: process.pid } : null,
    serializers: { err: shownError },
    redact: ['*.authorization', '*.cookie', '*.token'],
    // Redacts tokens inside error messages, too.
    hooks: { streamWrite: (line: string) => (line.includes('eyJ') ? line.replace(/eyJ[\w.-]{8,}/g, '[token]') : line) },
  };
  if (config.environment === 'development' && process[output].isTTY) {
    return pino(options, PinoPretty({ destination, sync: true, translateTime: 'HH:MM:ss', singleLine: true }));
  }
  return pino(options, pino.destination(destination));
};
