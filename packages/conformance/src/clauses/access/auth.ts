import { type Clause, missingId, type Need, onOneTask, type Probe } from '../../clause.ts';
import type { HttpResponse } from '../../http-messages.ts';
import { claimsOf, now, sign } from '../../tokens.ts';
import { demand, demandHeader, demandStatus } from '../../unmet.ts';

const hour = 3600;
const aSession = 'k7mqVZ3cN9bTqY0wSx5JrF2uHdLpE8aG';

/** Lists my tasks with some Authorization header, or with none. */
const ask = ({ send, mine }: Probe, authorization?: string): Promise<HttpResponse> =>
  send({ method: 'GET', path: mine, headers: authorization === undefined ? {} : { authorization } });

const sentenceOf = ({ style }: Probe, response: HttpResponse): string =>
  String((response.json as Record<string, unknown> | undefined)?.[style.sentence] ?? '');

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A clause that a token which the secret has signed is refused all the same. */
const refuses = (
  id: string,
  says: string,
  mend: string,
  token: (probe: Probe) => string,
  { sentence = /./, needs = ['secret'] }: { sentence?: RegExp; needs?: Need[] } = {},
): Clause => ({
  id: `auth.${id}`,
  says,
  mend,
  needs,
  async check(probe) {
    const response = await ask(probe, `Bearer ${token(probe)}`);
    demandStatus(response, 401);
    demand(response, sentence.test(sentenceOf(probe, response)), `a sentence that fits ${sentence}`);
  },
});

/** Whose token counts. */
export const auth: Clause[] = [
  {
    id: 'auth.missing',
    says: 'Without a token every operation on tasks gets 401.',
    mend: 'Verify a token before anything else on every path of tasks.',
    anonymous: true,
    async check({ send, mine }) {
      demandStatus(await send({ method: 'GET', path: mine }), 401);
      demandStatus(await send({ method: 'POST', path: mine, body: { title: 'x' } }), 401);
      for (const [method, suffix, body] of onOneTask) {
        demandStatus(await send({ method, path: `${mine}/${missingId}${suffix}`, body }), 401);
      }
    },
  },
  {
    id: 'auth.challenge',
    says: 'Every 401 carries WWW-Authenticate: Bearer ….',
    mend: 'Send the challenge with every 401 (RFC 6750).',
    anonymous: true,
    async check(probe) {
      for (const authorization of [undefined, 'Basic eDp5', 'Bearer a.b.c']) {
        const response = await ask(probe, authorization);
        if (response.status === 401) demandHeader(response, 'WWW-Authenticate', /^Bearer\b/i, 'Bearer …');
      }
    },
  },
  {
    id: 'auth.sentence',
    says: 'Every 401 has a sentence that says what to do.',
    mend: 'Say it in `detail` or `error`: what is wrong with the token, and where to get a good one.',
    anonymous: true,
    async check(probe) {
      for (const authorization of [undefined, 'Basic eDp5', 'Bearer a.b.c']) {
        const response = await ask(probe, authorization);
        const words = sentenceOf(probe, response).split(' ').length;
        if (response.status === 401) demand(response, words >= 4, `a sentence in \`${probe.style.sentence}\``);
      }
    },
  },
  {
    id: 'auth.scheme-case',
    says: 'The scheme’s name counts without regard to case: bearer, BEARER.',
    mend: 'Compare the scheme without case (RFC 9110).',
    async check(probe) {
      for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
        demandStatus(await ask(probe, `${scheme} ${probe.me.token}`), 200);
      }
    },
  },
  {
    id: 'auth.bad-scheme',
    says: 'Another scheme, a token without a scheme, and a scheme without a token get 401.',
    mend: 'Take `Bearer <JWT>` and nothing else.',
    async check(probe) {
      for (const authorization of ['Basic eDp5', probe.me.token, `Token ${probe.me.token}`, 'Bearer', 'Bearer ']) {
        demandStatus(await ask(probe, authorization), 401);
      }
    },
  },
  {
    id: 'auth.session-token',
    says: 'A bearer that is no JWT gets a 401 that says that it looks like a session token, and where to get a JWT.',
    mend: 'Say: “This looks like a Better Auth session token; fetch a JWT from /api/auth/token.”',
    anonymous: true,
    async check(probe) {
      const response = await ask(probe, `Bearer ${aSession}`);
      demandStatus(response, 401);
      const sentence = sentenceOf(probe, response);
      const holds = /session token/i.test(sentence) && sentence.includes('/api/auth/token');
      demand(response, holds, 'a sentence that says “session token” and names /api/auth/token');
    },
  },
  {
    id: 'auth.garbage',
    says: 'What looks like a JWT and is none gets 401.',
    mend: 'Answer 401, not 400 or 500, for a token that cannot be read.',
    anonymous: true,
    async check(probe) {
      for (const token of ['a.b.c', '..', `${part({ alg: 'HS256' })}.${part([])}.AAAA`]) {
        demandStatus(await ask(probe, `Bearer ${token}`), 401);
      }
    },
  },
  {
    id: 'auth.alg-none',
    says: 'An unsigned token (alg none) gets 401.',
    mend: 'Verify with the algorithms that you expect, never with the one that the token names.',
    async check(probe) {
      const claims = part({ sub: probe.me.id, iat: now(), exp: now() + hour });
      for (const alg of ['none', 'None', 'NONE']) {
        for (const signature of ['', 'AAAA']) {
          demandStatus(await ask(probe, `Bearer ${part({ alg, typ: 'JWT' })}.${claims}.${signature}`), 401);
        }
      }
    },
  },
  {
    id: 'auth.altered',
    says: 'A token whose claims or signature were altered gets 401.',
    mend: 'Decode nothing of a token into anything before its signature holds.',
    async check(probe) {
      const [header = '', claims = '', signature = ''] = probe.me.token.split('.');
      const others = part({ ...JSON.parse(Buffer.from(claims, 'base64url').toString()), admin: true });
      const flipped = `${signature[0] === 'A' ? 'B' : 'A'}${signature.slice(1)}`;
      for (const token of [`${header}.${others}.${signature}`, `${header}.${claims}.${flipped}`]) {
        demandStatus(await ask(probe, `Bearer ${token}`), 401);
      }
    },
  },
  {
    id: 'auth.wrong-secret',
    says: 'A token that is signed with another secret gets 401.',
    mend: 'Check the signature with the secret that you share with the auth server; an empty one is none.',
    async check(probe) {
      for (const secret of ['', 'secret', 'another secret that nobody shares']) {
        const token = sign(secret, { sub: probe.me.id, iat: now(), exp: now() + hour });
        demandStatus(await ask(probe, `Bearer ${token}`), 401);
      }
    },
  },
  {
    id: 'auth.own-key',
    says: 'A key that a token brings along (jwk, jku, x5u) is never used.',
    mend: 'Verify with your own keys only, whatever the header offers.',
    async check(probe) {
      const secret = 'a secret that came with the token';
      const jwk = { kty: 'oct', k: Buffer.from(secret).toString('base64url') };
      for (const more of [{ jwk }, { jku: 'http://127.0.0.1:9/jwks' }, { x5u: 'http://127.0.0.1:9/x' }]) {
        const token = sign(secret, { sub: probe.me.id, iat: now(), exp: now() + hour }, { alg: 'HS256', ...more });
        demandStatus(await ask(probe, `Bearer ${token}`), 401);
      }
    },
  },
  refuses(
    'expired',
    'A token that has expired gets a 401 that says since when.',
    'Refuse it more than 60 s after `exp`, and name the time: “The token expired at …”.',
    ({ me, signFor }) => signFor(me.id, { iat: now() - 2 * hour, exp: now() - hour }),
    { sentence: /expired.*\d{4}-\d\d-\d\d/i },
  ),
  refuses(
    'no-exp',
    'A token without exp gets 401.',
    'Demand `exp`: a token that never ends cannot be taken back.',
    ({ me, signFor }) => signFor(me.id, { exp: undefined }),
  ),
  refuses('no-sub', 'A token without sub gets 401.', 'Demand `sub`: without it there is no user.', ({ me, signFor }) =>
    signFor(me.id, { sub: undefined }),
  ),
  refuses(
    'sub-no-text',
    'A token whose sub is no text gets 401.',
    'Take texts of 1 to 255 characters only.',
    ({ me, signFor }) => signFor(me.id, { sub: { id: me.id } }),
  ),
  refuses(
    'not-yet',
    'A token before its nbf gets 401.',
    'Honour `nbf`, with 60 s for clocks that differ.',
    ({ me, signFor }) => signFor(me.id, { nbf: now() + hour }),
  ),
  refuses(
    'issued-in-future',
    'A token that was issued in the future gets 401.',
    'Honour `iat`, with 60 s for clocks that differ.',
    ({ me, signFor }) => signFor(me.id, { iat: now() + hour }),
  ),
  refuses(
    'too-old',
    'A token that was issued too long ago gets 401, also while its exp is to come.',
    'Bound the age since `iat` (JWT_EXPIRATION_DELTA, a week if not set).',
    ({ me, signFor }) => signFor(me.id, { iat: 1 }),
  ),
  refuses(
    'foreign-type',
    'A token of another typ than a JWT’s gets 401.',
    'Refuse a foreign `typ`: such a token was made for something else.',
    ({ me, signFor }) => signFor(me.id, {}, { alg: 'HS256', typ: 'secevent+jwt' }),
  ),
  refuses(
    'crit',
    'A token that demands unknown extensions (crit) gets 401.',
    'Refuse `crit` with anything that you do not implement (RFC 7515).',
    ({ me, signFor }) => signFor(me.id, {}, { alg: 'HS256', crit: ['x'], x: 1 }),
  ),
  refuses('over-4-kib', 'A token over 4 KiB gets 401, unread.', 'Look at its length first.', ({ me, signFor }) =>
    signFor(me.id, { padding: 'x'.repeat(4096) }),
  ),
  refuses(
    'wrong-issuer',
    'A token of another issuer gets a 401 that says which it is.',
    'Compare `iss` with those that you accept, and name what you got and what you wanted.',
    ({ me, signFor }) => signFor(me.id, { iss: 'https://elsewhere.example' }),
    { sentence: /https:\/\/elsewhere\.example/, needs: ['parties'] },
  ),
  refuses(
    'wrong-audience',
    'A token for another audience gets a 401 that says which it is.',
    'Compare `aud` with those that you accept, and name what you got and what you wanted.',
    ({ me, signFor }) => signFor(me.id, { aud: ['https://elsewhere.example'] }),
    { sentence: /https:\/\/elsewhere\.example/, needs: ['parties'] },
  ),
  {
    id: 'auth.audiences',
    says: 'aud may be an array: it is enough that the server’s is among them.',
    mend: 'Look for yours among all that the token names.',
    needs: ['parties'],
    async check(probe) {
      const { me, signFor } = probe;
      const claims = claimsOf(me.token);
      const token = signFor(me.id, { aud: ['https://elsewhere.example', [claims.aud].flat()[0]] });
      demandStatus(await ask(probe, `Bearer ${token}`), 200);
    },
  },
  {
    id: 'auth.skew',
    says: 'Clocks may differ by a minute: a token that expired half a minute ago is still taken.',
    mend: 'Allow 60 s with `exp`, `nbf` and `iat`.',
    needs: ['secret'],
    async check(probe) {
      const { me, signFor } = probe;
      for (const claims of [{ exp: now() - 30 }, { nbf: now() + 30 }, { iat: now() + 30 }]) {
        demandStatus(await ask(probe, `Bearer ${signFor(me.id, claims)}`), 200);
      }
    },
  },
  {
    id: 'auth.plain-header',
    says: 'A token without typ, and without iat, is taken: sub and exp are all that is required.',
    mend: 'Demand `sub` and `exp` only.',
    needs: ['secret'],
    async check(probe) {
      const token = probe.signFor(probe.me.id, { iat: undefined }, { alg: 'HS256' });
      demandStatus(await ask(probe, `Bearer ${token}`), 200);
    },
  },
];
