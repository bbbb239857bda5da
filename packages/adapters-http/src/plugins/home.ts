import { createHash } from 'node:crypto';
import type { FastifyInstance, onRequestHookHandler } from 'fastify';
import { Type } from 'typebox';
import { addVary } from '../messages/vary.ts';
import type { PublicUrl } from './public-url.ts';

const style =
  'body{font:1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:4rem auto;padding:0 1rem}code{font-size:.95em}';
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const page = (prefix: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Taskward</title>
<style>${style}</style>
<h1>Taskward</h1>
<p>This is a task API. It is meant for programs; its <a href="${prefix}docs">documentation</a> shows every operation and
lets you try them. The same as OpenAPI: <a href="${prefix}openapi.json">openapi.json</a>.</p>
<p>Tasks are at <code>/api/tasks</code>, and whether the server is ready at <a href="${prefix}health/ready">/health/ready</a>.</p>
</html>
`;

/** Serves a first page at `/`: HTML to browsers, JSON to others. It says where the documentation is. */
export const registerHome = (app: FastifyInstance, publicUrl: PublicUrl, onRequest: onRequestHookHandler): void => {
  app.get(
    '/',
    { schema: { hide: true, querystring: Type.Object({}, { additionalProperties: true }) }, onRequest },
    async (request, reply) => {
      const known = publicUrl.prefixOf(request);
      addVary(reply, 'Accept');
      // Relative, so that they are right behind a proxy that does not say under which prefix it serves us.
      const prefix = known === '' ? '' : `${known}/`;
      if (request.headers.accept?.includes('text/html')) {
        return reply.header('content-security-policy', policy).type('text/html; charset=utf-8').send(page(prefix));
      }
      return {
        name: 'Taskward',
        docs: `${prefix}docs`,
        openapi: `${prefix}openapi.json`,
        tasks: `${prefix}api/tasks`,
        health: `${prefix}health`,
      };
    },
  );
};
