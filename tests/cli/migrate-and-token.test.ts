import { readdirSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import t from 'tap';
import { aUser } from '../support/builders.ts';
import { aCaller, anApi, anyClaims } from '../support/http/api.ts';
import { secret } from '../support/http/tokens.ts';
import { makeMemoryTaskRepository } from '../support/memory-stores.ts';
import { open, ownDatabase } from '../support/postgres/database.ts';
import {
  aCommandLine,
  aSharedDatabase,
  nowhere,
  printed,
  production,
  refused,
  responded,
} from '../support/processes/command-line.ts';

const migrations = readdirSync(resolve(import.meta.dirname, '../../packages/adapters-postgres/migrations'))
  .map((file) => basename(file, '.ts'))
  .sort();

t.test('migrate brings an empty database up to date, once', async (t) => {
  const url = await ownDatabase(t);
  const taskward = aCommandLine(t, url);
  const execute = (sql: string) => open(t, url).orm.em.getConnection().execute(sql);
  const schemas = () => execute("select nspname from pg_namespace where nspname = 'taskward'");

  const early = await taskward(['add', 'Buy milk', '--user', 'ada'], production);
  t.equal(early.code, 1, 'production does not migrate by the way');
  t.equal(early.out, '');
  t.strictSame(await schemas(), []);

  t.not(migrations.length, 0);
  const [first, second] = [await taskward(['migrate'], production), await taskward(['migrate'], production)];
  t.strictSame(first, printed(`Done: ${migrations.join(', ')}`));
  t.strictSame(second, printed('The database is up to date.'));
  responded(t, await taskward(['add', 'Buy milk', '--user', 'ada'], production), [{ id: 1, title: 'Buy milk' }]);
  responded(t, await taskward(['list', '--user', 'ada']), [{ id: 1, title: 'Buy milk' }]);
});

t.test('in development every command brings the database up to date first, also several at once', async (t) => {
  const taskward = aCommandLine(t, await ownDatabase(t));
  const users = ['ada', 'bob', 'eve'];
  const endings = await Promise.all(users.map((user) => taskward(['add', 'Buy milk', '--user', user])));
  endings.forEach((ending, index) => {
    responded(t, ending, [{ id: 1, user_id: users[index], title: 'Buy milk' }]);
  });
  t.strictSame(await taskward(['migrate']), printed('The database is up to date.'));
});

t.test('migrate tells what it did in development too, where other commands do it silently', async (t) => {
  const taskward = aCommandLine(t, await ownDatabase(t));
  t.strictSame(await taskward(['migrate']), printed(`Done: ${migrations.join(', ')}`));
});

t.test('a token is accepted by the API that has the same secret', async (t) => {
  const taskward = aCommandLine(t, (await aSharedDatabase(t)).url);
  const settings = [
    { env: {}, auth: {} },
    {
      env: { JWT_ALGORITHM: 'HS512,HS256', JWT_ISSUER: 'https://auth.example, https://b.example', JWT_AUDIENCE: 'api' },
      auth: { algorithms: ['HS512' as const], issuers: ['https://auth.example'], audiences: ['api'] },
    },
  ];
  for (const { env, auth } of settings) {
    const userId = aUser();
    const { code, out, err } = await taskward(['token', '--user', userId], { BETTER_AUTH_SECRET: secret, ...env });
    t.strictSame([code, err], [0, '']);
    t.match(out, /^[\w-]+\.[\w-]+\.[\w-]+\n$/, 'the token and nothing else');
    const token = out.trim();
    const claims = JSON.parse(Buffer.from(token.split('.')[1] as string, 'base64url').toString());
    t.equal(claims.sub, userId);
    t.equal(claims.exp - claims.iat, 86_400, 'good for a day');

    const { algorithms = ['HS256'], ...parties } = auth;
    const settled = { secret: { value: secret, algorithms }, policy: { ...anyClaims, ...parties } };
    const app = await anApi(t, makeMemoryTaskRepository(), { auth: settled });
    const authorization = `Bearer ${token}`;
    const [mine, bare] = [aCaller(app, userId), aCaller(app)];
    t.equal((await mine.call('GET', '/api/tasks', undefined, { authorization })).statusCode, 200);
    t.equal((await mine.call('POST', mine.bare, { title: 'Buy milk' }, { authorization })).statusCode, 201);
    t.equal((await bare.call('GET', bare.bare, undefined, { authorization })).statusCode, 403, "another's tasks");

    const other = await anApi(t, makeMemoryTaskRepository(), {
      auth: { ...settled, secret: { ...settled.secret, value: `${secret}!` } },
    });
    const elsewhere = await aCaller(other, userId).call('GET', '/api/tasks', undefined, { authorization });
    t.equal(elsewhere.statusCode, 401, 'by another secret it is not');
  }
});

t.test('without a secret set, tokens are signed with the one of the data directory', async (t) => {
  const taskward = aCommandLine(t, (await aSharedDatabase(t)).url);
  const tokens = [await taskward(['token', '--user', 'ada']), await taskward(['token', '--user', 'ada'])];
  const kept = await taskward(['token', '--user', 'ada'], { BETTER_AUTH_SECRET: secret });
  t.ok([...tokens, kept].every(({ code }) => code === 0));
  const app = await anApi(t, makeMemoryTaskRepository());
  const ask = (token: string) =>
    app.inject({ url: '/api/tasks', headers: { authorization: `Bearer ${token.trim()}` } });
  t.equal((await ask(kept.out)).statusCode, 200);
  for (const { out } of tokens) t.equal((await ask(out)).statusCode, 401, 'it is no secret that others know');
});

t.test('tokens are refused in production, whatever else is right or wrong', async (t) => {
  const rejection = refused(1, 'Tokens are issued in development only: sign in instead.');
  for (const url of [nowhere, (await aSharedDatabase(t)).url]) {
    t.strictSame(await aCommandLine(t, url)(['token', '--user', 'ada'], production), rejection);
  }
});

t.test('a token is for someone', async (t) => {
  t.strictSame(
    await aCommandLine(t, nowhere)(['token', '--user', '']),
    refused(65, 'The input is not valid: user_id must not be empty.'),
  );
});
