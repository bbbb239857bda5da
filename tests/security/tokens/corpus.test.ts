import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LightMyRequestResponse } from 'fastify';
import t from 'tap';
import { aStoreThat } from '../../support/http/doubles.ts';
import { makeMemoryTaskRepository } from '../../support/memory-stores.ts';
import { forgedAlgorithms } from './forged-algorithms.ts';
import { forgedClaims } from './forged-claims.ts';
import { forgedHeaders } from './forged-headers.ts';
import { aTokenOf, forgedSpellings } from './forged-spellings.ts';
import { type Forgery, goodClaims, makeApis, makeIssuer, oneOfEachMode, type Signer, tokenBy } from './issuer.ts';
import { compact, jwkOf } from './keys.ts';

const challenge =
  /^Bearer realm="taskward", error="invalid_token", error_description="[\x20-\x21\x23-\x5b\x5d-\x7e]{10,}"$/;
// Beyond this, proxies with their default buffers respond with 502 instead.
const longestChallenge = 2048;

/** What is wrong with the response to a forged token; nothing, if the token is rejected as documented. */
const faultsOf = (response: LightMyRequestResponse, token: string): string[] => {
  const { statusCode, headers, body } = response;
  if (statusCode !== 401) return [`status ${statusCode}: ${body}`];
  const { code, error } = response.json();
  const header = headers['www-authenticate'] as string;
  return [
    ...(code === 'auth/invalid-token' ? [] : [`code ${code}`]),
    ...(challenge.test(header) ? [] : [`WWW-Authenticate: ${header}`]),
    ...(header.length <= longestChallenge ? [] : [`WWW-Authenticate of ${header.length} bytes`]),
    ...(/^\S+( \S+){3,}/.test(error) ? [] : [`sentence: ${error}`]),
    ...(token.length > 40 && body.includes(token.slice(-40)) ? ['the token is sent back'] : []),
  ];
};

t.test('forged tokens', async (t) => {
  const visits: string[] = [];
  const attacker = createServer((request, response) => {
    visits.push(request.url as string);
    response.end(JSON.stringify({ keys: [] }));
  });
  await new Promise<void>((resolve) => attacker.listen(0, '127.0.0.1', resolve));
  t.teardown(() => attacker.close());
  const address = `http://127.0.0.1:${(attacker.address() as AddressInfo).port}`;

  const calls: string[] = [];
  const issuer = makeIssuer();
  const apis = await makeApis(
    t,
    issuer,
    aStoreThat((method) => calls.push(method), makeMemoryTaskRepository()),
  );
  const post = (api: keyof typeof apis, token: string) =>
    apis[api].inject({
      method: 'POST',
      url: '/api/tasks',
      headers: { authorization: `Bearer ${token}` },
      payload: { title: 'forged' },
    });

  const accepts = (api: string, { mode }: Signer) => api === 'all' || api === mode;
  const accepted = (): [name: string, signer: Signer, token: string][] => [
    ...issuer.signers.map((one): [string, Signer, string] => [`${one.algorithm} (${one.mode})`, one, tokenBy(one)]),
    ...issuer.signers.map((one): [string, Signer, string] => [`${one.algorithm}, 4 KiB`, one, aTokenOf(4096, one)]),
    ...oneOfEachMode(issuer).flatMap((one) =>
      [undefined, 'JWT', 'jwt', 'at+jwt', 'AT+JWT', 'application/jwt', 'application/at+jwt'].map(
        (typ): [string, Signer, string] => [
          `${one.algorithm}, typ ${typ}`,
          one,
          compact({ ...one.header, typ }, goodClaims(), one.by),
        ],
      ),
    ),
    ...oneOfEachMode(issuer).map((one): [string, Signer, string] => [
      `${one.algorithm}, our audience among others`,
      one,
      tokenBy(one, { ...goodClaims(), aud: ['x', 'https://api.example'] }),
    ]),
  ];

  t.test('the good ones are accepted, and only where their mode is on', async (t) => {
    for (const [name, signer, token] of accepted()) {
      for (const api of Object.keys(apis) as (keyof typeof apis)[]) {
        const { statusCode, body } = await post(api, token);
        t.equal(statusCode, accepts(api, signer) ? 201 : 401, `${name} at ${api}: ${body}`);
      }
    }
    t.ok(calls.length > 0, 'and reach the store');
  });

  let count = 0;
  const statuses: Record<number, number> = {};
  const names = new Set<string>();
  const families: [name: string, forgeries: Forgery[]][] = [
    ['algorithms and keys', forgedAlgorithms(issuer)],
    ['headers', forgedHeaders(issuer, address)],
    ['claims', forgedClaims(issuer)],
    ['spellings and signatures', forgedSpellings(issuer)],
  ];
  for (const [family, forgeries] of families) {
    t.test(family, async (t) => {
      calls.length = 0;
      for (const { name, token, because = /./ } of forgeries) {
        const found: string[] = [];
        for (const api of Object.keys(apis) as (keyof typeof apis)[]) {
          const response = await post(api, token);
          statuses[response.statusCode] = (statuses[response.statusCode] ?? 0) + 1;
          found.push(...faultsOf(response, token).map((fault) => `${api}: ${fault}`));
          const { error } = response.json();
          if (api === 'all' && !because.test(error)) found.push(`it is refused for another reason: ${error}`);
        }
        t.strictSame(found, [], name);
        count += 1;
        names.add(name);
      }
      t.strictSame(calls, [], 'the store is untouched');
      t.comment(`${forgeries.length} forged tokens, each at ${Object.keys(apis).length} APIs`);
    });
  }

  t.test('keys that a good token points at are not fetched either', async (t) => {
    for (const one of issuer.signers) {
      const members = { jku: `${address}/jwks`, x5u: `${address}/x5u`, jwk: jwkOf(issuer.publicKey) };
      const token = compact({ ...one.header, ...members }, goodClaims(), one.by);
      t.ok((await post('all', token)).statusCode < 500, one.algorithm);
    }
    t.equal((await fetch(address)).status, 200, 'the attacker was there all the time');
    t.strictSame(visits, ['/'], 'and nobody else asked for keys');
  });

  t.test('the corpus is as large as it should be', async (t) => {
    t.comment(`${count} forged tokens in all; the responses: ${JSON.stringify(statuses)}`);
    t.equal(names.size, count, 'each has a name of its own');
    t.ok(count >= 150);
  });
});
