import type { FastifyRequest } from 'fastify';
import type { TrustProxy } from './trusted-proxies.ts';

/** The URL at which clients reach this server, which may be behind a proxy. */
export interface PublicUrl {
  /** Returns the path prefix under which clients see the server: empty, or such as `/svc`. */
  prefixOf(request: FastifyRequest): string;
  /** Returns the server's URL, for the OpenAPI document. */
  serverOf(request: FastifyRequest): string;
  /** Returns the server's URL with scheme and host: those of the request where nothing else tells; `undefined` without. */
  absoluteOf(request: FastifyRequest): string | undefined;
}

/** The headers by which the server's URL may differ from one proxy to another, so caches must tell them apart. */
export const forwardedHeaders = 'X-Forwarded-Prefix, X-Forwarded-Host, X-Forwarded-Proto';

const maxPrefixLength = 200;
const maxHostLength = 255;

/** Returns whether a path can be a prefix: plain segments, none of them empty, `.` or `..`. */
export const isPathPrefix = (path: string): boolean =>
  path.length <= maxPrefixLength && /^(?:\/(?!\.{1,2}(?:\/|$))[\w.~-]+)+$/.test(path);

const isHost = (host: string): boolean =>
  host.length <= maxHostLength && /^(?:[a-z\d](?:[a-z\d.-]*[a-z\d])?|\[[\da-f:.]+\])(?::\d{1,5})?$/i.test(host);

// The client's own header comes back to that client alone.
const ownUrl = ({ headers, protocol }: FastifyRequest, prefix: string): string | undefined =>
  headers.host !== undefined && isHost(headers.host) ? `${protocol}://${headers.host}${prefix}` : undefined;

/**
 * Makes the public URL: the configured one, or what a trusted proxy sends in `X-Forwarded-Prefix`, `-Host` and `-Proto`.
 * Ignores these headers from other clients, and malformed ones.
 * @param configured an http(s) URL without query and trailing slash
 */
export const makePublicUrl = (configured: string | undefined, isTrusted: TrustProxy | undefined): PublicUrl => {
  if (configured !== undefined) {
    const prefix = new URL(configured).pathname.replace(/\/$/, '');
    return { prefixOf: () => prefix, serverOf: () => configured, absoluteOf: () => configured };
  }
  if (isTrusted === undefined)
    return { prefixOf: () => '', serverOf: () => '/', absoluteOf: (request) => ownUrl(request, '') };
  const forwarded = ({ headers, socket }: FastifyRequest, name: string): string | undefined => {
    const value = headers[name];
    return typeof value === 'string' && isTrusted(socket?.remoteAddress) ? value : undefined;
  };
  const prefixOf = (request: FastifyRequest): string => {
    const prefix = forwarded(request, 'x-forwarded-prefix')?.replace(/\/$/, '') ?? '';
    return isPathPrefix(prefix) ? prefix : '';
  };
  const forwardedUrl = (request: FastifyRequest): string | undefined => {
    const host = forwarded(request, 'x-forwarded-host');
    if (host === undefined || !isHost(host)) return undefined;
    const protocol = forwarded(request, 'x-forwarded-proto') === 'https' ? 'https' : 'http';
    return `${protocol}://${host}${prefixOf(request)}`;
  };
  return {
    prefixOf,
    serverOf: (request) => forwardedUrl(request) ?? (prefixOf(request) || '/'),
    absoluteOf: (request) => forwardedUrl(request) ?? ownUrl(request, prefixOf(request)),
  };
};
