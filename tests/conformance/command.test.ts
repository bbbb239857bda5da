import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { claimsOf, everyClause, sign } from '@taskward/conformance';
import t from 'tap';
import { aUser } from '../support/builders.ts';
import { anApi, stores } from '../support/http/api.ts';
import { aToken } from '../support/http/tokens.ts';
import { aDirectory } from '../support/processes/processes.ts';
import { aServer, run } from './processes.ts';

interface Report {
  readonly conforming: boolean;
  readonly summary: { passed: number; failed: number; unchecked: number };
  readonly clauses: readonly {
    id: string;
    results: { style: string; outcome: string; needs?: string; expected?: string; got?: string; mend?: string }[];
  }[];
}

const unlike = ({ clauses }: Report, outcome: string) =>
  clauses.flatMap(({ id, results }) =>
    results.filter((result) => result.outcome !== outcome).map((result) => ({ id, ...result })),
  );

const secretIn = async (directory: string) => (await readFile(join(directory, 'secret'), 'utf8')).trim();

t.test('our own server, as it starts in development', async (t) => {
  const cookie = 'taskward_token';
  const parties = { JWT_ISSUER: 'https://app.example', JWT_AUDIENCE: 'https://api.example' };
  const { url, directory } = await aServer(t, { AUTH_COOKIE: cookie, ...parties });
  const local = { BASE_URL: url, TASKWARD_DATA_DIR: directory, ...parties };
  const tokenOf = (secret: string, sub: string) =>
    sign(secret, {
      sub,
      exp: Math.floor(Date.now() / 1000) + 3600,
      iss: parties.JWT_ISSUER,
      aud: parties.JWT_AUDIENCE,
    });

  t.test('every clause is checked and passes, within its rate limits, and by its development secret', async (t) => {
    const { code, stdout, stderr } = await run(['--json'], { ...local, AUTH_COOKIE: cookie });
    const report: Report = JSON.parse(stdout);
    t.strictSame(unlike(report, 'passed'), []);
    t.strictSame(
      report.clauses.map(({ id }) => id),
      everyClause.map(({ id }) => id),
    );
    t.match(report, { conforming: true, summary: { failed: 0, unchecked: 0 } });
    t.equal(code, 0);
    t.equal(stderr, '');
  });

  t.test(
    'the tokens of two users · what they cannot show is not checked, and what they are given is deleted',
    async (t) => {
      const secret = await secretIn(directory);
      const [token, other] = [tokenOf(secret, 'one'), tokenOf(secret, 'two')];
      const env = { BASE_URL: url, TOKEN: token };
      const { code, stdout } = await run(['--only', 'tasks', '--style', 'bare'], env);
      t.equal(code, 0);
      t.match(stdout, / 0 failed, 2 not checked\./);
      t.match(
        stdout,
        /not checked: needs TOKEN_SECRET or TOKEN_COMMAND: a user who never had a task.*\n {4}tasks.ids-from-1\n/,
      );
      t.match(stdout, /not checked: needs both styles.*\n {4}tasks.both-styles\n/);
      const lists = await run(['--only', 'list.holds', '--json'], { ...env, OTHER_TOKEN: other });
      t.match(JSON.parse(lists.stdout), { conforming: true, summary: { passed: 2, failed: 0, unchecked: 0 } });
      const cookies = await run(['--only', 'cookie', '--json'], { ...env, AUTH_COOKIE: cookie });
      t.match(JSON.parse(cookies.stdout), { conforming: true, summary: { passed: 6, failed: 0, unchecked: 0 } });
      for (const one of [token, other]) {
        const left = await fetch(`${url}/api/tasks`, { headers: { authorization: `Bearer ${one}` } });
        t.match(await left.json(), { success: true, data: [] });
      }
    },
  );

  t.test('a user who has tasks already · is not asked for an empty list, and keeps them', async (t) => {
    const secret = await secretIn(directory);
    const token = tokenOf(secret, 'busy');
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    await fetch(`${url}/api/tasks`, { method: 'POST', headers, body: '{"title":"Mine"}' });
    const { stdout } = await run(['--only', 'list.l', '--style', 'envelope'], { BASE_URL: url, TOKEN: token });
    t.match(stdout, /needs a user without tasks: .*\n {4}list.limit-default\n/);
    const left = await fetch(`${url}/api/tasks`, { headers: { authorization: `Bearer ${token}` } });
    t.match(await left.json(), { data: [{ title: 'Mine' }] });
  });

  t.test('TOKEN_COMMAND · is asked for a token of each user', async (t) => {
    const issuer = join(directory, 'issue.ts');
    await writeFile(
      issuer,
      `import { sign } from ${JSON.stringify(import.meta.resolve('@taskward/conformance'))};
       console.log(sign(${JSON.stringify(await secretIn(directory))}, { sub: process.argv[2], exp: 4e9, iss: '${parties.JWT_ISSUER}', aud: '${parties.JWT_AUDIENCE}' }));`,
    );
    const command = `"${process.execPath}" "${issuer}" {user}`;
    const { code, stdout } = await run(['--only', 'tasks.ids-from', '--style', 'bare'], {
      BASE_URL: url,
      TOKEN_COMMAND: command,
    });
    t.match(stdout, /1 clause: 1 check passed, 0 failed, 0 not checked/);
    t.equal(code, 0);
  });

  t.test('no token · only what needs none is checked, and nothing else passes', async (t) => {
    const env = { BASE_URL: url, TASKWARD_DATA_DIR: await aDirectory(t, 'conformance') };
    const { clauses }: Report = JSON.parse((await run(['--json'], env)).stdout);
    for (const { id, results } of clauses) {
      const anonymous = everyClause.find((clause) => clause.id === id)?.anonymous === true;
      const outcomes = results.map(({ outcome }) => outcome);
      t.ok(
        outcomes.every((outcome) => outcome === (anonymous ? 'passed' : 'unchecked')),
        `${id}: ${outcomes}`,
      );
    }
    const none = await run(['--only', 'tasks'], env);
    t.equal(none.code, 1, 'where nothing was checked nothing conforms');
    t.match(none.stdout, /needs TOKEN_SECRET, TOKEN_COMMAND or TOKEN\n/);
  });

  t.test('a token that the server refuses · says so, and what to set', async (t) => {
    const { code, stderr } = await run([], { BASE_URL: url, TOKEN_SECRET: 'another secret' });
    t.equal(code, 1);
    t.match(stderr, /refuses a token of TOKEN_SECRET: The token's signature does not hold.*\nSet TOKEN_SECRET/);
  });
});

t.test('a failure · the request, what was expected and got, what to do, plain in a pipe, exit code 1', async (t) => {
  const app = await anApi(t, await stores.memory(t));
  const BASE_URL = await app.listen({ host: '127.0.0.1', port: 0 });
  const users = [aToken({ sub: aUser() }), aToken({ sub: aUser() })];
  const { code, stdout } = await run(['--only', 'cors.answers', '--style', 'bare'], {
    BASE_URL,
    TOKEN: users[0],
    ORIGIN: 'https://not-listed.example',
  });
  t.equal(code, 1);
  t.match(stdout, /^clause {8}bare\ncors\.answers {3}✗ {4}A success carries/);
  const path = `/api/${encodeURIComponent(String(claimsOf(users[0] as string).sub))}/tasks`;
  t.match(stdout, `    request  GET ${path}  origin: https://not-listed.example\n`);
  t.match(stdout, '    expected Access-Control-Allow-Origin to be "https://not-listed.example"\n');
  t.match(stdout, '    got      Access-Control-Allow-Origin nothing\n');
  t.match(stdout, /\n {4}to do {4}Echo the origin.*Is ORIGIN one that the server lists\?\n/);
  t.notMatch(stdout, '\x1b', 'no colours');
  t.notMatch(stdout, users[0], 'and no token');
});

t.test('429 · is waited for, as Retry-After says', async (t) => {
  const app = await anApi(t, await stores.memory(t), { rateLimit: { max: 4, windowSeconds: 1 } });
  const BASE_URL = await app.listen({ host: '127.0.0.1', port: 0 });
  const { code, stdout, stderr } = await run(['--only', 'tasks.title-empty', '--style', 'envelope'], {
    BASE_URL,
    TOKEN: aToken({ sub: aUser() }),
  });
  t.match(stdout, /1 check passed, 0 failed/);
  t.equal(code, 0);
  const again = await run(['--only', 'tasks.n', '--style', 'envelope'], { BASE_URL, TOKEN: aToken({ sub: aUser() }) });
  t.match(again.stdout, /2 checks passed, 0 failed/);
  t.match(stderr + again.stderr, /The server limits the rate of requests: waiting 1 s/);
});

t.test('options that cannot be read, and a server that is not there · say what to do', async (t) => {
  for (const [args, env, sentence, exit] of [
    [['--style', 'round'], {}, /--style must be `bare` or `envelope`, not `round`/, 2],
    [['--colour'], {}, /Unknown option '--colour'(?:.|\n)*npm run conformance -- /, 2],
    [[], { BASE_URL: 'localhost:8000' }, /BASE_URL must be an http or https URL/, 2],
    [['--only', 'nothing'], { BASE_URL: 'http://127.0.0.1:9' }, /No clause begins with `nothing`/, 1],
    [[], { BASE_URL: 'http://127.0.0.1:9' }, /does not answer \(none: ECONNREFUSED\)\. Start the server, or set/, 1],
  ] as const) {
    const { code, stderr } = await run(args, env);
    t.match(stderr, sentence);
    t.equal(code, exit, String(sentence));
  }
  const help = await run(['--help'], {});
  t.match(help, { code: 0, stdout: /TOKEN_COMMAND/, stderr: '' });
});
