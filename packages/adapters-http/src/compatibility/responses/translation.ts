import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CompatibilitySettings } from '../settings.ts';

/**
 * Makes the translation of responses: from the contract's body, status and headers to those of the settings.
 * @returns a function that returns the body to send, and may change the reply's status and headers
 */
export const makeResponseTranslation =
  (_settings: CompatibilitySettings): ((request: FastifyRequest, reply: FastifyReply, body: unknown) => unknown) =>
  (_request, _reply, body) =>
    body;
