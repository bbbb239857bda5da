import type { IncomingHttpHeaders } from 'node:http';
import type { Actor, UserId } from '@taskward/domain';
import type { FastifyBaseLogger } from 'fastify';

/** A message that an agent posted, from a user whose token is verified. */
export interface AgentCall {
  readonly actor: Actor;
  /** The user of the token: nothing in the message can name another. */
  readonly owner: UserId;
  readonly headers: IncomingHttpHeaders;
  /** The parsed JSON body. */
  readonly body: unknown;
  /** Aborted once the client is gone. */
  readonly signal: AbortSignal;
  readonly log: Pick<FastifyBaseLogger, 'error'>;
}

/** What an agent is answered. */
export interface AgentAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Serialized; absent for no body. */
  readonly body?: string;
}

/** Answers a message of the Model Context Protocol. @throws what becomes an error response */
export type AgentHandler = (call: AgentCall) => Promise<AgentAnswer>;
