import type { FastifyRequest, preParsingHookHandler } from 'fastify';
import fp from 'fastify-plugin';
import { HttpError } from '../errors/http-error.ts';
import { bodyLimit } from '../messages/limits.ts';
import { parseJson } from '../messages/parse-json.ts';

const mediaTypes = ['application/json', 'application/merge-patch+json'];

const codingsIn = (header: string | undefined): string[] =>
  (header ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '');

// A request with neither header has no body (RFC 9112, section 6.3).
const hasBody = ({ headers }: FastifyRequest): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

const unsupported = (message: string) =>
  new HttpError('request/unsupported-media-type', message, { headers: { 'accept-encoding': 'identity' } });

// Encoded bodies are not supported: decompressing a small body can produce a very large one. `chunked` is a transfer coding
// only and is applied once; `identity` is not a transfer coding (RFC 9112).
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

/** Reads JSON bodies, and responds with 415 to any other media type, character set or content encoding. */
export const jsonBody = fp(
  async (app) => {
    app.removeAllContentTypeParsers();
    const rejectEncoded: preParsingHookHandler = (request, _reply, payload, done) => {
      done(encodingError(request), payload);
    };
    // GET and HEAD have no body that is read.
    app.addHook('onRoute', (route) => {
      if (![route.method].flat().every((method) => ['GET', 'HEAD'].includes(method))) {
        route.preParsing = [rejectEncoded, ...[route.preParsing ?? []].flat()];
      }
    });
    // A regular expression for the whole value: Fastify matches strings without regard to `charset`.
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
  },
  { name: 'json-body' },
);
