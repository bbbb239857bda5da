import { type Logger, pino } from 'pino';
import { PinoPretty } from 'pino-pretty';
import type { Config } from './config.ts';

/** The log: JSON lines, or readable ones where a person watches a development server. No token is ever in it. */
export const makeLog = ({ config }: { config: Pick<Config, 'environment' | 'logLevel'> }): Logger => {
  const options = {
    level: config.logLevel,
    base: null,
    redact: ['*.authorization', '*.cookie', '*.token'],
    // Also where an error's message has one in it.
    hooks: { streamWrite: (line: string) => (line.includes('eyJ') ? line.replace(/eyJ[\w.-]{8,}/g, '[token]') : line) },
  };
  if (config.environment === 'development' && process.stdout.isTTY) {
    return pino(options, PinoPretty({ sync: true, translateTime: 'HH:MM:ss', singleLine: true }));
  }
  return pino(options);
};
