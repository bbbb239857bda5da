import type { UserId } from '@taskward/domain';
import t from 'tap';
import { aUser } from '../support/builders.ts';
import { aCaller, origin } from '../support/http/api.ts';
import { aToken } from '../support/http/tokens.ts';
import { aLimitedApi, bothPaths, from, remaining } from './support.ts';

const address = '203.0.113.7';

t.test('each verified user has a count of their own, from wherever they call', async (t) => {
  const app = await aLimitedApi(t);
  const [ann, bob] = [aCaller(app), aCaller(app)];
  const authorization = `Bearer ${ann.token}`;
  const statuses: number[] = [];
  for (const remoteAddress of ['203.0.113.1', '203.0.113.2', '2001:db8::1', '203.0.113.1'])
    statuses.push((await from(app, remoteAddress, { authorization })).statusCode);
  t.strictSame(statuses, [200, 200, 200, 429], 'another address does not start a new count');
  t.equal(remaining(await bob.call('GET', '/api/tasks')), 2, 'another user has all of theirs');
});

t.test('both styles, every method and every token of a user share one count', async (t) => {
  const app = await aLimitedApi(t, { max: 10 });
  const me = aCaller(app);
  const { userId, bare } = me;
  const another = `Bearer ${aToken({ sub: userId, jti: 'another' })}`;
  const responses = [
    await me.call('POST', '/api/tasks', { title: 'x' }),
    await me.call('GET', bare),
    await me.call('GET', `${bare}/`),
    await me.call('HEAD', '/api/tasks'),
    await me.call('PUT', `${bare}/1`, { title: 'y' }),
    await me.call('PATCH', '/api/tasks/1', { title: 'z' }),
    await me.call('PATCH', `${bare}/1/complete`),
    await me.call('GET', bare, undefined, { authorization: another }),
    await me.call('DELETE', '/api/tasks/1'),
    await me.call('GET', '/api/tasks/1'),
    await me.call('GET', bare),
  ];
  t.strictSame(
    responses.map((response) => [response.statusCode, remaining(response)]),
    [201, 200, 200, 200, 200, 200, 200, 200, 200, 404].map((status, index) => [status, 9 - index]).concat([[429, 0]]),
  );
});

t.test('users whose names look alike, or like an address, do not share', async (t) => {
  const app = await aLimitedApi(t);
  const name = aUser();
  const alike = [name, name.toUpperCase(), `${name} `, `user:${name}`, address, '::', 'tasks', ''].filter(Boolean);
  for (const one of alike) {
    t.equal(remaining(await aCaller(app, one as UserId).call('GET', '/api/tasks')), 2, JSON.stringify(one));
  }
  t.equal(remaining(await from(app, address)), 2, 'the address itself');
});

t.test('a path of somebody else counts for who calls, not for whom it names', async (t) => {
  const app = await aLimitedApi(t);
  const [caller, named] = [aCaller(app), aCaller(app)];
  for (const left of [2, 1, 0]) {
    const response = await caller.call('GET', named.bare);
    t.strictSame([response.statusCode, remaining(response)], [403, left]);
  }
  t.equal((await caller.call('GET', named.bare)).statusCode, 429);
  t.equal(remaining(await named.call('GET', named.bare)), 2);
});

t.test('without a valid token the address is counted, whatever is wrong with the token', async (t) => {
  const app = await aLimitedApi(t, { max: 8 });
  const me = aCaller(app);
  const expired = aToken({ sub: me.userId, iat: 1, exp: 2 });
  const forged = aToken({ sub: me.userId }, { key: 'a secret of somebody else, which is 46 bytes' });
  const wrong: [what: string, headers: Record<string, string>][] = [
    ['no token', {}],
    ['another scheme', { authorization: 'Basic eDp5' }],
    ['no JWT', { authorization: 'Bearer nonsense' }],
    ['unreadable', { authorization: 'Bearer a.b.c' }],
    ['forged', { authorization: `Bearer ${forged}` }],
    ['expired', { authorization: `Bearer ${expired}` }],
    ['no subject', { authorization: `Bearer ${aToken({ sub: undefined })}` }],
    ['a write', { origin }],
  ];
  for (const [index, [what, headers]] of wrong.entries()) {
    const response = await from(app, address, headers, bothPaths(me)[index % 2]);
    t.strictSame([response.statusCode, remaining(response)], [401, 7 - index], what);
  }
  for (const [what, headers] of wrong) t.equal((await from(app, address, headers)).statusCode, 429, what);
  t.equal(remaining(await me.call('GET', me.bare)), 7, 'the user of the forged token has lost nothing');
});

t.test('a user is not used up by bad tokens from the same address, nor the address by the user', async (t) => {
  const app = await aLimitedApi(t);
  const authorization = `Bearer ${aCaller(app).token}`;
  const bad = { authorization: 'Bearer a.b.c' };
  const statuses: number[] = [];
  for (const headers of [bad, bad, bad, bad, { authorization }, { authorization }, { authorization }])
    statuses.push((await from(app, address, headers)).statusCode);
  t.strictSame(statuses, [401, 401, 401, 429, 200, 200, 200], 'the address is used up, the user is not');

  const elsewhere = '203.0.113.8';
  t.equal((await from(app, elsewhere, { authorization })).statusCode, 429, 'now the user is used up');
  t.strictSame(remaining(await from(app, elsewhere, bad)), 2, 'and the address is not');
});

t.test('addresses: IPv4 each, IPv6 by /64, and IPv4 written as IPv6 is the same', async (t) => {
  const same: [what: string, ...addresses: string[]][] = [
    ['one IPv4 address', '203.0.113.1', '203.0.113.1'],
    [
      'IPv4, and mapped into IPv6',
      '203.0.113.2',
      '::ffff:203.0.113.2',
      '::FFFF:cb00:7102',
      '0:0:0:0:0:ffff:203.0.113.2',
    ],
    ['one /64', '2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:DB8:1:2:0:0:0:1', '2001:0db8:0001:0002::'],
    ['a link-local address with its zone', 'fe80::1', 'fe80::2%eth0'],
  ];
  const apart: [what: string, one: string, other: string][] = [
    ['neighbours in IPv4', '198.51.100.1', '198.51.100.2'],
    ['neighbours mapped into IPv6', '::ffff:198.51.100.3', '::ffff:198.51.100.4'],
    ['the last bit of the /64', '2001:db8:2:2::1', '2001:db8:2:3::1'],
    ['the first bit of the /64', '2001:db8:3:4::1', 'a001:db8:3:4::1'],
    ['IPv4, and its number in IPv6 that is not mapped', '198.51.100.5', '::c633:6405'],
  ];
  for (const [what, ...addresses] of same) {
    const app = await aLimitedApi(t, { max: 10 });
    const left: number[] = [];
    for (const one of addresses) left.push(remaining(await from(app, one)));
    t.strictSame(left, [9, 8, 7, 6].slice(0, addresses.length), `${what}: shared`);
  }
  for (const [what, one, other] of apart) {
    const app = await aLimitedApi(t, { max: 10 });
    t.strictSame([remaining(await from(app, one)), remaining(await from(app, other))], [9, 9], `${what}: not shared`);
  }
});

t.test('requests at once are counted as exactly as one after the other', async (t) => {
  const app = await aLimitedApi(t, { max: 20 });
  const me = aCaller(app);
  const calls = Array.from({ length: 50 }, (_, index) => me.call('GET', bothPaths(me)[index % 2] as string));
  const statuses = (await Promise.all(calls)).map(({ statusCode }) => statusCode);
  t.equal(statuses.filter((status) => status === 200).length, 20);
  t.equal(statuses.filter((status) => status === 429).length, 30);
});
