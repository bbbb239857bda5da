import type { FastifyRequest, preParsingHookHandler } from 'fastify';
import fp from 'fastify-plugin';
import { HttpError } from '../errors/http-error.ts';
import { bodyLimit } from '../messages/limits.ts';
import { parseJson } from '../messages/parse-json.ts';

const mediaTypes = ['application/json', 'application/merge-patch+json'];

// Encoded bodies are not supported: decompressing a small body can produce a very large one.
const codingOf = ({ headers }: FastifyRequest): string | undefined => {
  const codings = [headers['content-encoding'], headers['transfer-encoding']].join().toLowerCase().split(',');
  return codings.map((one) => one.trim()).find((one) => !['', 'identity', 'chunked'].includes(one));
};

const encoded = (coding: string) =>
  new HttpError(
    'request/unsupported-media-type',
    `The body is said to be encoded with \`${coding.slice(0, 50)}\`, and only \`identity\` is read. Send it as it is, without that header.`,
    { headers: { 'accept-encoding': 'identity' } },
  );

/** Reads JSON bodies, and responds with 415 to any other media type, character set or content encoding. */
export const jsonBody = fp(
  async (app) => {
    app.removeAllContentTypeParsers();
    const rejectEncoded: preParsingHookHandler = (request, _reply, payload, done) => {
      const coding = codingOf(request);
      done(coding === undefined ? null : encoded(coding), payload);
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
