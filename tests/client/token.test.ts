import t from 'tap';
import { aToken } from '../support/http/tokens.ts';
import {
  aClientOn,
  aListeningApi,
  aNetwork,
  aSignedInClient,
  aTask,
  listed,
  refused,
  responded,
} from '../support/http/typed-client.ts';

const unauthorized = () => refused(401, 'auth/invalid-token');

t.test('the provider is asked for each request', async (t) => {
  const asked: boolean[] = [];
  const token = async ({ refresh }: { refresh: boolean }) => `token-${asked.push(refresh)}`;
  const network = aNetwork(listed([]), listed([]));
  const client = aClientOn(network, { token });
  await client.list();
  await client.list();
  t.strictSame(asked, [false, false]);
  t.strictSame(network.sent('authorization'), ['Bearer token-1', 'Bearer token-2']);
});

t.test('after a 401 it is asked once more, for a new one', async (t) => {
  const asked: boolean[] = [];
  const token = ({ refresh }: { refresh: boolean }) => {
    asked.push(refresh);
    return refresh ? 'new' : 'old';
  };
  const network = aNetwork(unauthorized(), responded(aTask()));
  await aClientOn(network, { token }).create({ title: 'x' });
  t.strictSame(asked, [false, true]);
  t.strictSame(network.sent('authorization'), ['Bearer old', 'Bearer new']);
  t.equal(new Set(network.sent('idempotency-key')).size, 1);

  const refusedTwice = aNetwork(unauthorized(), unauthorized());
  await t.rejects(aClientOn(refusedTwice, { token }).list(), { status: 401, code: 'auth/invalid-token' });
  t.strictSame(refusedTwice.sent('authorization'), ['Bearer old', 'Bearer new'], 'and not a third time');
  const refusedLater = aNetwork(unauthorized(), refused(503, 'server/overloaded'), unauthorized());
  await t.rejects(aClientOn(refusedLater, { token }).list(), { status: 401, code: 'auth/invalid-token' });
  t.strictSame(refusedLater.sent('authorization'), ['Bearer old', 'Bearer new', 'Bearer new'], 'also not later on');
});

t.test('a provider that returns no token · the cookie is sent, and renewed after a 401', async (t) => {
  const asked: boolean[] = [];
  const token = async ({ refresh }: { refresh: boolean }) => {
    asked.push(refresh);
    return undefined;
  };
  const network = aNetwork(unauthorized(), responded(aTask()));
  await aClientOn(network, { token }).create({ title: 'x' });
  t.strictSame(asked, [false, true]);
  t.strictSame(
    network.seen.map(({ init }) => init.credentials),
    ['include', 'include'],
  );
  t.strictSame(
    network.seen.map(({ init }) => new Headers(init.headers).has('authorization')),
    [false, false],
  );
});

t.test('a token that is fixed is not sent again', async (t) => {
  await t.rejects(aClientOn(aNetwork(unauthorized())).list(), { status: 401, code: 'auth/invalid-token' });
});

t.test('calls that are refused together get one new token', async (t) => {
  let renewed = 0;
  const token = async ({ refresh }: { refresh: boolean }) => {
    if (!refresh) return 'old';
    await new Promise((resolve) => setTimeout(resolve, 20));
    renewed += 1;
    return 'new';
  };
  const response = ({ headers }: { headers: Headers }) =>
    headers.get('authorization') === 'Bearer new' ? listed([]) : unauthorized();
  const network = aNetwork(...Array.from({ length: 14 }, () => response));
  const client = aClientOn(network, { token });
  await Promise.all(Array.from({ length: 5 }, () => client.list()));
  t.equal(renewed, 1);
  await Promise.all([client.list(), client.list()]);
  t.equal(renewed, 2, 'and the next ones the next');
});

t.test('what the provider throws reaches the caller', async (t) => {
  const network = aNetwork(unauthorized());
  const signedOut = new Error('Sign in first.');
  const token = () => {
    throw signedOut;
  };
  await t.rejects(aClientOn(network, { token }).list(), signedOut);
  const failing = ({ refresh }: { refresh: boolean }) => (refresh ? token() : 'old');
  await t.rejects(aClientOn(network, { token: failing }).list(), signedOut);
});

t.test('a token that no header may hold is a mistake, and not tried again', async (t) => {
  const network = aNetwork();
  await t.rejects(aClientOn(network, { token: 'two\nlines' }).list(), { name: 'TypeError' });
  t.equal(network.seen.length, 0);
});

t.test('an expired token is renewed at the real API', async (t) => {
  const api = await aListeningApi(t);
  const sub = 'somebody';
  const now = Math.floor(Date.now() / 1000);
  const expired = aToken({ sub, iat: now - 7200, exp: now - 3600 });
  const { client } = aSignedInClient(api, { token: ({ refresh }) => (refresh ? aToken({ sub }) : expired) });
  t.equal((await client.create({ title: 'Buy milk' })).user_id, sub);
  const { client: stuck } = aSignedInClient(api, { token: expired });
  await t.rejects(stuck.list(), { status: 401, message: /expired/ });
});
