import { invalid } from '@taskward/domain';
import type { FastifyInstance, FastifyRequest, preParsingHookHandler } from 'fastify';
import sjson from 'secure-json-parse';
import { HttpError } from '../errors/http-error.ts';
import { countKeys, repeatedKey } from './duplicate-keys.ts';
import { bodyLimit } from './limits.ts';

const maxDepth = 32;

const utf8 = new TextDecoder('utf-8', { fatal: true });

const malformed = (message: string, cause?: unknown) => new HttpError('request/malformed', message, { cause });

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** @returns how many keys all its objects have together; @throws HttpError `request/malformed` where it is too deep */
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

// `JSON.parse` keeps the last of several values under one key, and another reader of the same body may keep the first.
const assertKeysOnce = (text: string, keys: number): void => {
  // V8 was seen to keep both of two keys that are written with escapes: then their number tells nothing.
  if (countKeys(text) === keys && !text.includes('\\')) return;
  const name = repeatedKey(text)?.slice(0, longestName);
  if (name === undefined) return;
  throw malformed(`The body names \`${name}\` more than once in one object. Send each field once.`);
};

/**
 * Reads a body as JSON: valid UTF-8 only, no `__proto__`, no key twice in one object, not too deep. An empty body is
 * none, so that clients which send `Content-Type: application/json` with every DELETE work.
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
  // Fastify hands a missing body on as null, so this must not pass for one.
  if (value === null) throw invalid([{ field: 'body', message: 'must be an object, not null' }]);
  assertKeysOnce(text, countShallowKeys(value));
  return value;
};

const mediaTypes = ['application/json', 'application/merge-patch+json'];

const codingsIn = (header: string | undefined): string[] =>
  (header ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '');

// Where a message has neither header, it has no body (RFC 9112, section 6.3), and nothing that could be encoded.
const hasBody = ({ headers }: FastifyRequest): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

const unsupported = (message: string) =>
  new HttpError('request/unsupported-media-type', message, { headers: { 'accept-encoding': 'identity' } });

// Compressed, a small body could be read as a large one; and what says that it is compressed and is not was meant
// otherwise. `chunked` is a coding of transfers only, is applied once, and `identity` is none of theirs (RFC 9112).
const encodingError = (request: FastifyRequest): HttpError | null => {
  const { headers } = request;
  const content = codingsIn(headers['content-encoding']).find((coding) => coding !== 'identity');
  if (content !== undefined && hasBody(request)) {
    return unsupported(
      `The body is said to be encoded with \`${content.slice(0, 50)}\`, and only \`identity\` is read. Send it as it is, without that header.`,
    );
  }
  const transfer = codingsIn(headers['transfer-encoding']).join(', ');
  if (transfer === '' || transfer === 'chunked') return null;
  return unsupported(
    `The body is said to be transferred as \`${transfer.slice(0, 50)}\`, and only \`chunked\` is read. Send it as it is, with that coding or none.`,
  );
};

/** Makes JSON the only body that is read. Another media type, character set or encoding is answered with 415. */
export const registerJsonBodies = (app: FastifyInstance): void => {
  app.removeAllContentTypeParsers();
  const rejectEncoded: preParsingHookHandler = (request, _reply, payload, done) => {
    done(encodingError(request), payload);
  };
  // Nothing is read of a body where none belongs.
  app.addHook('onRoute', (route) => {
    if (![route.method].flat().every((method) => ['GET', 'HEAD'].includes(method))) {
      route.preParsing = [rejectEncoded, ...[route.preParsing ?? []].flat()];
    }
  });
  // Matched as a whole, because Fastify matches a string without looking at its `charset`.
  const accepted = new RegExp(
    `^(${mediaTypes.join('|').replaceAll('+', '\\+')})\\s*(;\\s*charset="?utf-8"?\\s*)?$`,
    'i',
  );
  app.addContentTypeParser<Buffer>(accepted, { parseAs: 'buffer', bodyLimit }, (_request, bytes, done) => {
    let body: unknown;
    try {
      body = parseJson(bytes);
    } catch (error) {
      return done(error as Error);
    }
    done(null, body);
  });
};
