import { anyClaims } from '../support/http/api.ts';
import { secret } from '../support/http/tokens.ts';
import { cookieName } from './headers.ts';

/** An API that has everything on that a request can reach: the cookie, and a proxy that is believed. */
export const apiSettings = {
  auth: { secret: { value: secret, algorithms: ['HS256' as const] }, policy: anyClaims, cookie: cookieName },
  trustedProxies: ['127.0.0.1'],
};

/** How many requests to send: `TASKWARD_FUZZ`, else 20 000 in CI and 4 000 elsewhere. */
export const countWanted = (): number => {
  const { TASKWARD_FUZZ, CI } = process.env;
  return TASKWARD_FUZZ !== undefined ? Number(TASKWARD_FUZZ) : CI === 'true' ? 20_000 : 4_000;
};

/** Where the generator begins: `TASKWARD_FUZZ_SEED`, to repeat a run, else anywhere. */
export const seedWanted = (): number => Number(process.env.TASKWARD_FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 30));
