import { createHash } from 'node:crypto';
import fp from 'fastify-plugin';
import { Type } from 'typebox';
import { addVary } from '../messages/vary.ts';
import type { PublicUrl } from '../server/public-url.ts';

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

interface HomeOptions {
  readonly publicUrl: PublicUrl;
}

/** Serves `/`: to browsers the web app, or else a page that links the documentation; JSON to other clients. */
export const home = fp<HomeOptions>(
  async (app, { publicUrl }) => {
    app.get(
      '/',
      {
        schema: { hide: true, querystring: Type.Object({}, { additionalProperties: true }) },
        onRequest: app.rateLimit.countAddress,
      },
      async (request, reply) => {
        const known = publicUrl.prefixOf(request);
        addVary(reply, 'Accept');
        // Relative links work behind a proxy that does not send its prefix, too.
        const prefix = known === '' ? '' : `${known}/`;
        if (request.headers.accept?.includes('text/html')) {
          if (app.sendPage !== undefined) return app.sendPage(reply);
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
  },
  { name: 'home', dependencies: ['rate-limit', 'web-app'] },
);
