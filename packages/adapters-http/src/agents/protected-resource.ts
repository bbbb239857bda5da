import type { FastifyRequest } from 'fastify';
import type { AuthSettings } from '../auth/authenticate.ts';
import { HttpError } from '../errors/http-error.ts';
import type { PublicUrl } from '../server/public-url.ts';

/** The path at which agents are served. */
export const mcpPath = '/mcp';

const wellKnownPath = '/.well-known/oauth-protected-resource';

/** Where the metadata is: for the server as a whole, and for the path that agents call. */
export const metadataPaths = [wellKnownPath, `${wellKnownPath}${mcpPath}`] as const;

/** The metadata of a protected resource (RFC 9728): from it agents learn where their user signs in. */
export interface ProtectedResource {
  readonly resource: string;
  readonly resource_name: string;
  readonly resource_documentation: string;
  readonly bearer_methods_supported: readonly string[];
  /** Absent where tokens are verified with a shared secret alone: nothing says who issues them. */
  readonly authorization_servers?: readonly string[];
}

const isUrl = (issuer: string): boolean => /^https?:\/\/[^/?#]/.test(issuer) && URL.canParse(issuer);

/** Returns the issuers of tokens that are verified with public keys, as far as they are URLs. */
export const authorizationServers = ({ publicKey, keySet, policy }: AuthSettings): string[] => {
  const issuers = [...(keySet?.policy?.issuers ?? []), ...(publicKey || keySet ? policy.issuers : [])];
  return [...new Set(issuers.filter(isUrl))];
};

/** Makes the metadata. @throws HttpError `request/malformed` if the server's own URL is not known */
export const protectedResource = (
  request: FastifyRequest,
  publicUrl: PublicUrl,
  servers: readonly string[],
): ProtectedResource => {
  const base = publicUrl.absoluteOf(request);
  if (base === undefined) {
    throw new HttpError('request/malformed', 'The `Host` header is no host. Send the one of the URL that you call.');
  }
  return {
    resource: `${base}${mcpPath}`,
    resource_name: 'Taskward',
    resource_documentation: `${base}/docs`,
    bearer_methods_supported: ['header'],
    ...(servers.length > 0 && { authorization_servers: servers }),
  };
};

/** Adds to a 401 where the metadata is. */
export const withMetadataUrl = (error: Error | undefined, request: FastifyRequest, publicUrl: PublicUrl) => {
  const challenge = error instanceof HttpError ? error.headers['www-authenticate'] : undefined;
  const base = challenge === undefined ? undefined : publicUrl.absoluteOf(request);
  if (!(error instanceof HttpError) || base === undefined) return error;
  const { code, message, faults, headers, members, reason, cause } = error;
  // Below the prefix, where a proxy leads here. RFC 9728 lets the challenge name any URL.
  const url = `${base}${metadataPaths[1]}`;
  return new HttpError(code, message, {
    faults,
    members,
    reason,
    cause,
    headers: { ...headers, 'www-authenticate': `${challenge}, resource_metadata="${url}"` },
  });
};
