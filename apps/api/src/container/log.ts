import { type Logger, pino } from 'pino';
import { PinoPretty } from 'pino-pretty';
import type { Config } from '../configuration/config.ts';

/** Makes the log: JSON lines, or readable lines for a development server on a terminal. It never contains tokens. */
export const makeLog = ({ config }: { config: Pick<Config, 'environment' | 'logLevel'> }): Logger => {
  const options = {
    level: config.logLevel,
    base: null,
    redact: ['*.authorization', '*.cookie', '*.token'],
    // Redacts tokens inside error messages, too.
    hooks: { streamWrite: (line: string) => (line.includes('eyJ') ? line.replace(/eyJ[\w.-]{8,}/g, '[token]') : line) },
  };
  if (config.environment === 'development' && process.stdout.isTTY) {
    return pino(options, PinoPretty({ sync: true, translateTime: 'HH:MM:ss', singleLine: true }));
  }
  return pino(options);
};
