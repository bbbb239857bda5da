import { invalid } from '@taskward/domain';
import sjson from 'secure-json-parse';
import { HttpError } from '../errors/http-error.ts';
import { countKeys, repeatedKey } from './duplicate-keys.ts';

const maxDepth = 32;

const utf8 = new TextDecoder('utf-8', { fatal: true });

const malformed = (message: string, cause?: unknown) => new HttpError('request/malformed', message, { cause });

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Counts the keys of all objects. @throws HttpError `request/malformed` if the value is nested too deep */
const countShallowKeys = (root: unknown): number => {
  let keys = 0;
  let level = isContainer(root) ? [root] : [];
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > maxDepth) throw malformed(`The body is nested deeper than ${maxDepth} levels. Send a flat object.`);
    const below: object[] = [];
    for (const container of level) {
      const values = Object.values(container);
      if (!Array.isArray(container)) keys += values.length;
      for (const value of values) if (isContainer(value)) below.push(value);
    }
    level = below;
  }
  return keys;
};

const longestName = 100;

// `JSON.parse` keeps the last value of a repeated key, but a proxy that reads the same body may keep the first.
const assertKeysOnce = (text: string, keys: number): void => {
  // V8 was seen to keep both of two equal keys that are written with escapes, so their number proves nothing.
  if (countKeys(text) === keys && !text.includes('\\')) return;
  const name = repeatedKey(text)?.slice(0, longestName);
  if (name === undefined) return;
  throw malformed(`The body names \`${name}\` more than once in one object. Send each field once.`);
};

/**
 * Parses a body as JSON. It must be valid UTF-8, without `__proto__`, repeated keys or deep nesting. An empty body is
 * `undefined`, because some clients send `Content-Type: application/json` with every DELETE.
 * @throws HttpError `request/malformed`; DomainError `request/invalid` for `null`
 */
export const parseJson = (bytes: Buffer): unknown => {
  if (bytes.length === 0) return undefined;
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch (error) {
    throw malformed('The body is not valid UTF-8. Encode it as UTF-8.', error);
  }
  let value: unknown;
  try {
    value = sjson.parse(text, null, { protoAction: 'error', constructorAction: 'error' });
  } catch (error) {
    throw malformed(`The body is not acceptable JSON: ${(error as Error).message}.`, error);
  }
  // Fastify represents a missing body by null, so a body of `null` must not look like one.
  if (value === null) throw invalid([{ field: 'body', message: 'must be an object, not null' }]);
  assertKeysOnce(text, countShallowKeys(value));
  return value;
};
