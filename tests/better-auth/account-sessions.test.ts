import type { Environment, KeptValues } from '@taskward/web/session/environment.ts';
import { openSessions } from '@taskward/web/session/open-sessions.ts';
import type { AccountSessions, EndedSession, Session } from '@taskward/web/session/session.ts';
import t from 'tap';
import { type AuthServer, aBrowser, anAuthServer, aTaskward, claimsOf, onBothStyles } from './support.ts';

const password = 'correct horse battery';
const options = { user: { deleteUser: { enabled: true } }, logger: { disabled: true } };
const auth = await anAuthServer(t, {}, options);
const api = await aTaskward(t, { JWT_JWKS_URL: auth.jwksUrl });

const aStorage = (): KeptValues => {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  };
};

/** A browser, in which tabs share cookies and what is kept. */
const aVisitor = ({ url }: AuthServer = auth) => {
  const cookies = new Map<string, string>();
  const browse = aBrowser(url, cookies);
  const kept = aStorage();
  const asked: string[] = [];
  const ended: EndedSession[] = [];
  const tabs = new Set<() => void>();
  const network = { isUp: true, onRequest: (_isRunning: boolean) => {} };
  const openTab = async (): Promise<AccountSessions> => {
    const tellOthers = () => {
      for (const tell of tabs) if (tell !== hear) tell();
    };
    let hear = () => {};
    const environment: Environment = {
      pageUrl: `${url}/`,
      async fetch(input, init) {
        if (!network.isUp) throw new TypeError('fetch failed');
        asked.push(String(input).replace(`${url}/api/auth`, ''));
        network.onRequest(true);
        return browse(input, init).finally(() => network.onRequest(false));
      },
      kept: {
        getItem: kept.getItem,
        setItem(key, value) {
          kept.setItem(key, value);
          tellOthers();
        },
        removeItem(key) {
          kept.removeItem(key);
          tellOthers();
        },
      },
      onKeptElsewhere(listener) {
        hear = listener;
        tabs.add(listener);
      },
      onSignedOut: async (session) => void ended.push(session),
    };
    const signIn = { kind: 'better-auth', url: '/api/auth', token: 'bearer' } as const;
    return (await openSessions({ api, signIn }, environment)) as AccountSessions;
  };
  return { cookies, network, ended, openTab, browse, tokens: () => asked.filter((path) => path === '/token').length };
};

let count = 0;
const someone = () => {
  count += 1;
  return { name: `Zoë ${count}`, email: `zoe-${count}@app.example`, password };
};

const sessionOf = (sessions: AccountSessions): Session => {
  const session = sessions.current();
  if (session === undefined) throw new Error('nobody is signed in');
  return session;
};

const aSignedUp = async (server?: AuthServer) => {
  const visitor = aVisitor(server);
  const sessions = await visitor.openTab();
  const details = someone();
  await sessions.signUp(details);
  return { ...visitor, sessions, details, token: sessionOf(sessions).token };
};

t.test('whoever has signed up is signed in, also after a reload', async (t) => {
  const { sessions, openTab, details } = await aSignedUp();
  const { userId, name, token } = sessionOf(sessions);
  t.equal(name, details.name);
  t.strictSame(await onBothStyles(api, (await token({ refresh: false })) as string, userId), [200, 200]);
  t.match((await openTab()).current(), { userId, name });
  t.equal((await aVisitor().openTab()).current(), undefined, 'and nobody else');
});

t.test('the server’s own sentence says what is wrong, and about which field', async (t) => {
  const { details } = await aSignedUp();
  const sessions = await aVisitor().openTab();
  await t.rejects(sessions.signIn({ ...details, password: 'wrong password' }), {
    message: 'Invalid email or password',
  });
  const failureOf = (given: Promise<void>) => given.catch(({ message, field }) => ({ message, field }));
  t.match(await failureOf(sessions.signUp({ ...someone(), password: 'short' })), {
    message: 'Password too short',
    field: 'password',
  });
  t.match(await failureOf(sessions.signUp(details)), { message: /already exists/i, field: 'email' });
  t.match(await failureOf(sessions.signUp({ ...someone(), email: 'no address' })), {
    message: /email/i,
    field: 'email',
  });
  t.equal(sessions.current(), undefined);
  await sessions.signIn(details);
  t.match(sessions.current(), { name: details.name });
});

t.test('a token is fetched once, and again half a minute before it expires', async (t) => {
  const { token, tokens } = await aSignedUp();
  const [one, other] = await Promise.all([token({ refresh: false }), token({ refresh: false })]);
  t.equal(one, other);
  t.equal(tokens(), 1, 'for calls at the same time');
  const { now } = Date;
  const later = (seconds: number) => t.intercept(Date, 'now', { value: () => now() + seconds * 1000 });
  const early = later(15 * 60 - 40);
  await token({ refresh: false });
  t.equal(tokens(), 1);
  early.restore();
  const late = later(15 * 60 - 20);
  await token({ refresh: false });
  t.equal(tokens(), 2);
  late.restore();
  await token({ refresh: true });
  t.equal(tokens(), 3, 'and when the API has refused it');
});

t.test('a clock that is wrong makes no difference', async (t) => {
  const { token, tokens, network } = await aSignedUp();
  // The server is in this process, and has the right time.
  const { now } = Date;
  let ahead = 86_400_000;
  network.onRequest = (isRunning) => {
    ahead = isRunning ? 0 : 86_400_000;
  };
  t.intercept(Date, 'now', { value: () => now() + ahead });
  await token({ refresh: false });
  await token({ refresh: false });
  t.equal(tokens(), 1);
});

t.test('while the auth server is out of reach', async (t) => {
  const { sessions, openTab, token, network, details } = await aSignedUp();
  const held = await token({ refresh: false });
  network.isUp = false;
  const { now } = Date;
  const late = t.intercept(Date, 'now', { value: () => now() + 890_000 });
  t.equal(await token({ refresh: false }), held, 'the last token is used');
  late.restore();
  const unreachable = { code: 'client/unreachable', message: /cannot be reached\. Check the connection/ };
  await t.rejects(async () => token({ refresh: true }), unreachable, 'until the API refuses it');
  const reopened = await openTab();
  t.match(reopened.current(), { name: details.name }, 'a page that is opened knows whose tasks it has');
  await t.rejects(async () => sessionOf(reopened).token({ refresh: false }), unreachable);
  await t.rejects(sessions.signOut(false), { status: 0, message: /cannot be reached/ });
  t.match(sessions.current(), { name: details.name });
  network.isUp = true;
  t.match(claimsOf((await sessionOf(reopened).token({ refresh: false })) as string), {
    sub: reopened.current()?.userId,
  });
});

t.test('an auth server that is broken counts as out of reach', async (t) => {
  const broken = await anAuthServer(t, { jwt: { definePayload: () => Promise.reject(new Error('broken')) } }, options);
  const { token } = await aSignedUp(broken);
  await t.rejects(async () => token({ refresh: false }), { code: 'client/unreachable' });
});

t.test('a session that has ended on the server ends here, and says so', async (t) => {
  const { sessions, token, browse, ended } = await aSignedUp();
  const { userId } = sessionOf(sessions);
  let told = 0;
  sessions.watch(() => {
    told += 1;
  });
  await browse('/api/auth/sign-out', { method: 'POST' });
  await t.rejects(async () => token({ refresh: true }), { status: 401, message: /^Your session has ended\. Sign in/ });
  t.equal(sessions.current(), undefined);
  t.match(sessions.ended(), /^Your session has ended/);
  t.equal(told, 1);
  t.strictSame(ended, [{ userId, forget: false }], 'what is in this browser stays');
});

t.test('signing out tells whether to forget, and all tabs', async (t) => {
  const { sessions, openTab, token, ended } = await aSignedUp();
  const { userId } = sessionOf(sessions);
  const second = await openTab();
  await second.signOut(true);
  t.strictSame(ended, [{ userId, forget: true }]);
  t.strictSame([sessions.current(), second.current()], [undefined, undefined]);
  t.equal(sessions.ended(), undefined, 'it was asked for');
  await t.rejects(async () => token({ refresh: true }), { message: /^Your session has ended/ });
  const next = someone();
  await second.signUp(next);
  t.match(sessions.current(), { name: next.name }, 'and who comes next');
});

t.test('what one user has queued is not sent as another', async (t) => {
  const { sessions, token, openTab, browse } = await aSignedUp();
  const second = await openTab();
  const details = someone();
  const body = JSON.stringify(details);
  // As by a program that tells no tabs.
  await browse('/api/auth/sign-up/email', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  await t.rejects(async () => token({ refresh: true }), { status: 401, message: /^Somebody else has signed in/ });
  t.match(sessions.current(), { name: details.name });
  t.match(second.current(), { name: details.name });
});

t.test('deleting the account asks for the password, and forgets', async (t) => {
  const { sessions, details, ended } = await aSignedUp();
  const { userId } = sessionOf(sessions);
  await t.rejects(sessions.deleteAccount('wrong password'), { message: 'Invalid password' });
  t.match(sessions.current(), { userId });
  await sessions.deleteAccount(password);
  t.equal(sessions.current(), undefined);
  t.strictSame(ended, [{ userId, forget: true }]);
  await t.rejects(sessions.signIn(details), { message: 'Invalid email or password' });
});
