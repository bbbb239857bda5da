import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import type { FastifyInstance } from 'fastify';
import t from 'tap';
import { aUser } from '../../support/builders.ts';
import { anApi } from '../../support/http/api.ts';
import { makeMemoryTaskRepository } from '../../support/memory-stores.ts';
import { allModes, goodClaims, makeApis, makeIssuer, oneOfEachMode, tokenBy } from './issuer.ts';
import { byHmac, byKey, compact } from './keys.ts';

const issuer = makeIssuer();
const forged = () => compact({ alg: 'HS256' }, goodClaims(), byHmac('HS256', 'another secret, of 32 bytes and more'));

// Written by hand: what a client library would join, drop or refuse to send.
const overSocket = async (app: FastifyInstance, headers: readonly string[], path = '/api/tasks') => {
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  socket.end([`GET ${path} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...headers, '', ''].join('\r\n'));
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk as Buffer));
  await once(socket, 'close');
  const [head = '', body = ''] = Buffer.concat(chunks).toString().split('\r\n\r\n');
  return { status: Number(head.split(' ')[1]), code: JSON.parse(body).code as string | undefined };
};

t.test('two Authorization headers', async (t) => {
  const app = await anApi(t, makeMemoryTaskRepository(), { auth: allModes(issuer) });
  await app.listen({ port: 0, host: '127.0.0.1' });
  for (const signer of issuer.signers) {
    const good = `Authorization: Bearer ${tokenBy(signer)}`;
    const bad = `authorization: Bearer ${forged()}`;
    t.strictSame(await overSocket(app, [good]), { status: 200, code: undefined }, `${signer.algorithm}: alone`);
    const pairs: [name: string, headers: string[]][] = [
      ['the first one forged', [bad, good]],
      ['the second one forged', [good, bad]],
      ['of two users', [good, `Authorization: Bearer ${tokenBy(signer)}`]],
      ['the second one of another scheme', [good, 'Authorization: Basic eDp5']],
      ['the second one empty', [good, 'Authorization:']],
    ];
    for (const [name, headers] of pairs) {
      // A proxy before us may have looked at the other one.
      t.equal((await overSocket(app, headers)).status, 401, `${signer.algorithm}: ${name}`);
    }
  }
});

t.test('no other place than the header', async (t) => {
  const app = await anApi(t, makeMemoryTaskRepository(), { auth: allModes(issuer) });
  for (const signer of oneOfEachMode(issuer)) {
    const token = tokenBy(signer);
    const places: [url: string, headers: Record<string, string>][] = [
      ...['access_token', 'token', 'jwt', 'authorization', 'Authorization'].map(
        (name): [string, Record<string, string>] => [`/api/tasks?${name}=${token}`, {}],
      ),
      ...['token', 'jwt', '__Secure-taskward.token', 'better-auth.session_token', 'Authorization', 'undefined'].map(
        (name): [string, Record<string, string>] => ['/api/tasks', { cookie: `${name}=${token}` }],
      ),
      ...['x-access-token', 'x-authorization', 'proxy-authorization', 'x-forwarded-authorization', 'token'].map(
        (name): [string, Record<string, string>] => ['/api/tasks', { [name]: `Bearer ${token}` }],
      ),
    ];
    for (const [url, headers] of places) {
      const response = await app.inject({ url, headers });
      t.equal(response.statusCode, 401, `${signer.algorithm} · ${url.slice(0, 40)} ${Object.keys(headers)}`);
      t.equal(response.json().code, 'auth/missing-token');
      t.equal(response.headers['www-authenticate'], 'Bearer realm="taskward"');
    }
    const response = await app.inject({ url: '/api/tasks', headers: { authorization: `Bearer ${token}` } });
    t.equal(response.statusCode, 200, 'in the header it is good');
  }
});

t.test('two subs: nobody is ever who only the first one says', async (t) => {
  const app = await anApi(t, makeMemoryTaskRepository(), { auth: allModes(issuer) });
  for (const { header, by, algorithm } of oneOfEachMode(issuer)) {
    const [first, last] = [aUser(), aUser()];
    const payload = JSON.stringify(goodClaims(first)).replace(/}$/, `,"sub":${JSON.stringify(last)}}`);
    const headers = { authorization: `Bearer ${compact(header, payload, by)}` };
    const get = async (user: string) =>
      (await app.inject({ url: `/api/${encodeURIComponent(user)}/tasks`, headers })).statusCode;
    t.ok([401, 403].includes(await get(first)), `${algorithm}: not the first`);
    t.ok([401, 200].includes(await get(last)), `${algorithm}: the last, or nobody`);
  }
});

t.test('where a key set and a public key share RS256, the kid says whose the token is', async (t) => {
  const apis = await makeApis(t, issuer, makeMemoryTaskRepository());
  const ofPublicKey = byKey('RS256', issuer.publicKey);
  const ofKeySet = byKey('RS256', issuer.keys.RS256 as never);
  const get = async (api: keyof typeof apis, kid: string | undefined, by: typeof ofKeySet) => {
    const token = compact({ alg: 'RS256', kid }, goodClaims(), by);
    return (await apis[api].inject({ url: '/api/tasks', headers: { authorization: `Bearer ${token}` } })).statusCode;
  };
  t.equal(await get('all', 'kid-RS256', ofKeySet), 200, "the key set's, by its kid");
  t.equal(await get('all', 'kid-RS256', ofPublicKey), 401, "the public key's, by the kid of the key set");
  t.equal(await get('all', undefined, ofPublicKey), 200, "the public key's, without kid");
  t.equal(await get('all', undefined, ofKeySet), 401, "the key set's, without kid");
  t.equal(await get('all', 'somebody', ofPublicKey), 200, "the public key's, by a kid of its own");
  t.equal(await get('all', 'somebody', ofKeySet), 401, "the key set's, by a kid that it has not");
});
