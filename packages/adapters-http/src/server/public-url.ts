import type { FastifyRequest } from 'fastify';
import type { TrustProxy } from './trusted-proxies.ts';

/** The URL at which clients reach this server, which may be behind a proxy. */
export interface PublicUrl {
  /** Returns the path prefix under which clients see the server: empty, or such as `/svc`. */
  prefixOf(request: FastifyRequest): string;
  /** Returns the server's URL, for the OpenAPI document. */
  serverOf(request: FastifyRequest): string;
}

const maxPrefixLength = 200;
const maxHostLength = 255;

/** Returns whether a path can be a prefix: plain segments, none of them empty, `.` or `..`. */
export const isPathPrefix = (path: string): boolean =>
  path.length <= maxPrefixLength && /^(?:\/(?!\.{1,2}(?:\/|$))[\w.~-]+)+$/.test(path);

const isHost = (host: string): boolean =>
  host.length <= maxHostLength && /^(?:[a-z\d](?:[a-z\d.-]*[a-z\d])?|\[[\da-f:.]+\])(?::\d{1,5})?$/i.test(host);

/**
 * Makes the public URL: the configured one, or what a trusted proxy sends in `X-Forwarded-Prefix`, `-Host` and `-Proto`.
 * Ignores these headers from other clients, and malformed ones.
 * @param configured an http(s) URL without query and trailing slash
 */
export const makePublicUrl = (configured: string | undefined, isTrusted: TrustProxy | undefined): PublicUrl => {
  if (configured !== undefined) {
    const prefix = new URL(configured).pathname.replace(/\/$/, '');
    return { prefixOf: () => prefix, serverOf: () => configured };
  }
  if (isTrusted === undefined) return { prefixOf: () => '', serverOf: () => '/' };
  const forwarded = ({ headers, socket }: FastifyRequest, name: string): string | undefined => {
    const value = headers[name];
    return typeof value === 'string' && isTrusted(socket?.remoteAddress) ? value : undefined;
  };
  const prefixOf = (request: FastifyRequest): string => {
    const prefix = forwarded(request, 'x-forwarded-prefix')?.replace(/\/$/, '') ?? '';
    return isPathPrefix(prefix) ? prefix : '';
  };
  return {
    prefixOf,
    serverOf: (request) => {
      const prefix = prefixOf(request);
      const host = forwarded(request, 'x-forwarded-host');
      if (host === undefined || !isHost(host)) return prefix || '/';
      const protocol = forwarded(request, 'x-forwarded-proto') === 'https' ? 'https' : 'http';
      return `${protocol}://${host}${prefix}`;
    },
  };
};
