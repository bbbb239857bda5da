import type { FastifyRequest } from 'fastify';

/**
 * Returns whether a request asks for the contract and nothing else, with `Prefer: handling=strict` (RFC 7240): neither it
 * nor its response is translated.
 */
export const isStrict = ({ headers }: Pick<FastifyRequest, 'headers'>): boolean => {
  const { prefer } = headers;
  return prefer !== undefined && /(?:^|[,;\s])handling\s*=\s*"?strict"?\s*(?:$|[,;])/i.test(String(prefer));
};
