import { randomFillSync } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const bytesOfId = 12;
// Drawn for many ids at once, and each written down in one piece: UUIDs are put together from twenty texts, which took more
// of a request's time than finding its token.
const random = Buffer.alloc(256 * bytesOfId);
let used = random.length;

const newId = (): string => {
  if (used === random.length) {
    randomFillSync(random);
    used = 0;
  }
  used += bytesOfId;
  return random.toString('hex', used - bytesOfId, used);
};

// A log must hold no token, whichever header it came in. Each part of a JWT that is an object begins with `eyJ`; other
// tokens are long.
const isFit = (id: string): boolean => /^[\w.:-]{1,64}$/.test(id) && !id.includes('eyJ');

/** The caller's `X-Request-Id` where it is fit to be logged and sent back, else a new one that nobody else will get. */
export const requestIdOf = (request: Pick<IncomingMessage, 'headers'>): string => {
  const sent = request.headers['x-request-id'];
  return typeof sent === 'string' && isFit(sent) ? sent : newId();
};
