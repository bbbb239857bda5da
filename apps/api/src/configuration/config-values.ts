import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import {
  type CompatibilitySetting,
  compatibilitySettings,
  exclusiveSettings,
  isPathPrefix,
} from '@taskward/adapters-http';
import { makeValidator } from 'envalid';

/** A log level of pino. */
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

const maxRequests = 1_000_000_000;

/** Makes a validator of a whole number within bounds. */
export const wholeNumber = (min: number, max: number) =>
  makeValidator((text: string) => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < min || number > max) {
      throw new Error(`must be a whole number from ${min} to ${max}`);
    }
    return number;
  });

/** Returns whether a text is one that means `true`. */
export const isYes = (text: string): boolean => /^(true|1|yes|on)$/i.test(text);

/** Validates a boolean. */
export const yesOrNo = makeValidator((text: string) => {
  if (isYes(text)) return true;
  if (/^(false|0|no|off)$/i.test(text)) return false;
  throw new Error('must be `true` or `false`');
});

const itemsOf = (text: string): string[] => {
  const items = text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  if (items.length === 0) throw new Error('must name at least one, or not be set');
  return items;
};

const commaList = (faultOf: (item: string) => string | undefined) =>
  makeValidator((text: string) => {
    const items = itemsOf(text);
    const faults = new Set<string>();
    for (const item of items) {
      const fault = faultOf(item);
      if (fault !== undefined) faults.add(fault);
    }
    if (faults.size > 0) throw new Error([...faults].join('; '));
    return items;
  });

/** Validates exact origins, comma-separated. */
export const origins = commaList((item) => {
  if (item === '*') return 'must list exact origins: `*` cannot be combined with credentials';
  if (!URL.canParse(item) || !/^https?:$/.test(new URL(item).protocol) || item.includes('*')) {
    return `must list origins such as https://app.example, and \`${item}\` is none`;
  }
  const { origin } = new URL(item);
  return item === origin ? undefined : `must list exact origins: write \`${origin}\` instead of \`${item}\``;
});

/** Validates URLs of receivers of events, comma-separated. */
export const webhookUrls = commaList((item) =>
  URL.canParse(item) && /^https?:$/.test(new URL(item).protocol)
    ? undefined
    : `must list URLs such as https://app.example/events, and \`${item}\` is none`,
);

/** Validates a comma-separated list of texts. */
export const anyText = commaList(() => undefined);

const isCompatibilitySetting = (item: string): item is CompatibilitySetting =>
  (compatibilitySettings as readonly string[]).includes(item);

/** Validates how responses differ from the contract, comma-separated. */
export const compatibility = makeValidator((text: string): readonly CompatibilitySetting[] => {
  const items = [...new Set(itemsOf(text))];
  const unknown = items.filter((item) => !isCompatibilitySetting(item));
  if (unknown.length > 0)
    throw new Error(`must list settings of ${compatibilitySettings.join(', ')}, and \`${unknown[0]}\` is none`);
  const settings = items.filter(isCompatibilitySetting);
  for (const group of exclusiveSettings) {
    const chosen = group.filter((one) => settings.includes(one));
    if (chosen.length > 1) throw new Error(`must name one of ${group.join(', ')}, and not ${chosen.join(' and ')}`);
  }
  return settings;
});

/** Validates IP addresses or CIDR ranges, comma-separated. */
export const cidr = commaList((item) => {
  const [address = '', bits, ...rest] = item.split('/');
  const family = isIP(address);
  const longest = family === 4 ? 32 : 128;
  const fits = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= longest);
  const isRange = family !== 0 && fits && rest.length === 0;
  if (isRange && Number(bits) === 0)
    return `must not list \`${item}\`, which is everybody: list the addresses of your proxies`;
  return isRange ? undefined : `must list addresses or ranges such as 10.0.0.0/8, and \`${item}\` is none`;
});

/** Makes a validator of a URL with one of the protocols. */
export const url = (protocols: RegExp, example: string) =>
  makeValidator((text: string) => {
    if (!URL.canParse(text) || !protocols.test(new URL(text).protocol))
      throw new Error(`must be a URL such as ${example}`);
    return text;
  });

/** Validates a number of requests, or `off`. */
export const rateLimitMax = makeValidator((text: string) => {
  if (/^(off|0+)$/i.test(text)) return 'off' as const;
  const max = Number(text);
  if (!/^\d+$/.test(text) || max > maxRequests)
    throw new Error(`must be a whole number from 1 to ${maxRequests}, or \`off\``);
  return max;
});

/** Validates the server's public URL. */
export const publicUrl = makeValidator((text: string) => {
  const example = 'must be a URL such as https://api.example or https://app.example/tasks';
  if (!URL.canParse(text) || !/^https?:\/\/[^/?#@\\]+(\/[\w.~/-]*)?$/i.test(text)) throw new Error(example);
  const { origin, pathname } = new URL(text);
  const path = pathname.replace(/\/$/, '');
  if (path !== '' && !isPathPrefix(path)) throw new Error(example);
  return `${origin}${path}`;
});

const isDecodable = (text: string): boolean => {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
};

/** Validates a PostgreSQL URL. */
export const databaseUrl = makeValidator((text: string) => {
  if (!/^postgres(ql)?:\/\/./.test(text) || !URL.canParse(text) || !isDecodable(text)) {
    throw new Error('must be a URL such as postgresql://user:password@host:5432/database');
  }
  return text;
});

/** Validates the path of a password file. The file is read for each connection; this only reports faults at the start. */
export const passwordFile = makeValidator((path: string) => {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`must name a file with the password, and it cannot be read: ${(error as Error).message}`);
  }
  if (text.trim() === '') throw new Error(`must name a file with the password, and \`${path}\` is empty`);
  return path;
});

/** Validates the environment's name. */
export const environment = makeValidator((text: string) => {
  if (text !== 'development' && text !== 'production') throw new Error('must be `development` or `production`');
  return text;
});

/** Validates a cookie's name. */
export const cookieName = makeValidator((text: string) => {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(text))
    throw new Error('must be the name of a cookie, such as __Secure-taskward.token');
  return text;
});

// Includes Python's names, which the backends that Taskward replaces use.
const logLevels = new Map<string, LogLevel>([
  ['notset', 'trace'],
  ['trace', 'trace'],
  ['debug', 'debug'],
  ['info', 'info'],
  ['warn', 'warn'],
  ['warning', 'warn'],
  ['error', 'error'],
  ['critical', 'fatal'],
  ['fatal', 'fatal'],
  ['silent', 'silent'],
]);

/** Validates a log level. */
export const logLevel = makeValidator((text: string) => {
  const level = logLevels.get(text.toLowerCase());
  if (level === undefined) throw new Error('must be DEBUG, INFO, WARNING, ERROR or CRITICAL');
  return level;
});
