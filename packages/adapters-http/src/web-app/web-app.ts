import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyReply } from 'fastify';
import fp from 'fastify-plugin';
import { Type } from 'typebox';

/** How users sign in on the page: by a name, for development, or at a Better Auth server. */
export type SignIn =
  | { readonly kind: 'development'; readonly users: readonly string[] }
  | {
      readonly kind: 'better-auth';
      /** The server's base URL. */
      readonly url: string;
      /** Whether the API reads the token from the `Authorization` header or from a cookie. */
      readonly token: 'bearer' | 'cookie';
    };

/** The page that is served at `/`. */
export interface WebAppOptions {
  /** The folder of the built page: `index.html`, hashed files in `assets`, and others that keep their names. */
  readonly directory: string;
  readonly signIn: SignIn;
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Sends the page. Absent if none is served. */
    sendPage?: (reply: FastifyReply) => FastifyReply;
  }
}

const policyFor = (signIn: SignIn): string => {
  const authServer = signIn.kind === 'better-auth' ? ` ${new URL(signIn.url).origin}` : '';
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self'${authServer}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
};

const page = 'index.html';

// Such as the service worker and the manifest. The build keeps notes in files whose names begin with a dot.
const filesOf = (directory: string): string[] =>
  readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && entry.name !== page)
    .map(({ name }) => name);

/**
 * Serves the files of the page, and `web-app.json`, from which the page learns how users sign in. All addresses are relative
 * to the page's own, so that it works under any path prefix. Without a built page nothing is served.
 */
export const webApp = fp<{ readonly webApp: WebAppOptions | undefined }>(
  async (app, { webApp }) => {
    if (webApp === undefined || !existsSync(join(webApp.directory, page))) return;
    const { directory, signIn } = webApp;
    const policy = policyFor(signIn);
    await app.register(fastifyStatic, {
      root: directory,
      serve: false,
      dotfiles: 'ignore',
      index: false,
      preCompressed: true,
    });

    const sendNamed = (reply: FastifyReply, file: string): FastifyReply =>
      reply
        .headers({ 'content-security-policy': policy, 'cache-control': 'no-cache' })
        .sendFile(file, { cacheControl: false });
    app.decorate('sendPage', (reply: FastifyReply) => sendNamed(reply, page));

    const route = {
      schema: { hide: true, querystring: Type.Object({}, { additionalProperties: true }) },
      onRequest: app.rateLimit.countAddress,
    };
    for (const file of filesOf(directory)) app.get(`/${file}`, route, (_request, reply) => sendNamed(reply, file));
    app.get<{ Params: { file: string } }>('/assets/:file', route, ({ params }, reply) =>
      reply
        .header('content-security-policy', policy)
        .sendFile(`assets/${params.file}`, { maxAge: '365d', immutable: true }),
    );
    app.get('/web-app.json', route, async (_request, reply) => {
      reply.header('cache-control', 'no-cache');
      return { api: '', signIn };
    });
  },
  { name: 'web-app', dependencies: ['rate-limit', 'route-methods'] },
);
