import type { FastifyBaseLogger, FastifyRequest } from 'fastify';
import { withoutTokens } from '../messages/without-tokens.ts';
import type { HttpError } from './http-error.ts';

/** The values of `audit` in the log: what a request was refused that may be an attack. */
export const auditedRefusals = { wrongUser: 'wrong-user', tokenRejected: 'token-rejected' } as const;

/** Lines per second about rejected tokens, which cost an attacker nothing. */
export const maxTokenLines = 5;
const windowMilliseconds = 1_000;

const shownLength = 255;

const seen = ({ method, routeOptions, ip }: FastifyRequest) => ({ method, route: routeOptions.url, address: ip });

const ownerIn = ({ params }: FastifyRequest): string | undefined => {
  const { user_id: owner } = (params ?? {}) as { user_id?: string };
  return owner === undefined ? undefined : withoutTokens(owner).slice(0, shownLength);
};

/** Calls `write` a few times a second at most, and says at the end of that second how many calls were suppressed. */
const makeBounded = (writeSuppressed: (suppressed: number) => void) => {
  let written = 0;
  let suppressed = 0;
  let isCounting = false;
  const renew = () => {
    isCounting = false;
    written = 0;
    if (suppressed > 0) writeSuppressed(suppressed);
    suppressed = 0;
  };
  return (write: () => void): void => {
    if (!isCounting) setTimeout(renew, windowMilliseconds).unref();
    isCounting = true;
    if (written >= maxTokenLines) {
      suppressed += 1;
      return;
    }
    written += 1;
    write();
  };
};

/**
 * Makes the function that writes a line for each request for another user's tasks, and for rejected tokens. Neither has
 * the token: nothing of it can be trusted.
 */
export const makeAudit = (log: FastifyBaseLogger): ((request: FastifyRequest, error: HttpError) => void) => {
  const audit = auditedRefusals.tokenRejected;
  const bounded = makeBounded((suppressed) => log.info({ audit, suppressed }, 'More tokens were rejected.'));
  return (request, { code, reason }) => {
    if (code === 'auth/invalid-token') {
      bounded(() => request.log.info({ audit, reason, ...seen(request) }, 'A token was rejected.'));
    } else if (code === 'auth/wrong-user') {
      const actor = request.actor?.kind === 'owner' ? request.actor.userId : undefined;
      request.log.info(
        { audit: auditedRefusals.wrongUser, actor, owner: ownerIn(request), ...seen(request) },
        'A user asked for the tasks of another.',
      );
    }
  };
};
