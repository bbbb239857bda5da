import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, copyFile, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { startEmbeddedDatabase } from '@taskward/embedded-database';
import t, { type Test } from 'tap';
import { parse } from 'yaml';
import { secret } from '../support/http/tokens.ts';
import { aDirectory, aFreePort, endWithTest, eventually } from '../support/processes/processes.ts';
import { findProgram, missingProgram } from '../support/processes/programs.ts';
import { readText, root } from '../support/repository/workspace.ts';

// It makes a database server from nothing.
t.setTimeout(300_000);

const skip = missingProgram('psql') ?? missingProgram('pgbouncer') ?? false;
const nobody = 65_534;

const run = async (program: string, args: string[], env: NodeJS.ProcessEnv) => {
  const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += chunk;
    });
  const [code] = await once(child, 'close');
  return { code, output };
};

// The embedded server has a role and a database `taskward` of its own: those of compose.yaml have another name here.
const renamed = (text: string) => text.replace(/\btaskward\b(?! migrate)/g, 'compose');

const isListening = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.end());
  });

/** PgBouncer with the file of compose.yaml, but for addresses. */
const aPooler = async (t: Test, directory: string, server: URL): Promise<number> => {
  const port = await aFreePort();
  const file = join(directory, 'pgbouncer.ini');
  const text = renamed(readText('deploy/compose/pgbouncer.ini'))
    .replace('host=postgres port=5432', `host=${server.hostname} port=${server.port}`)
    .replace('0.0.0.0', '127.0.0.1')
    .replace('6432', `${port}`)
    .replace('/run/secrets', join(directory, 'secrets'));
  // Debian's and Ubuntu's PgBouncer may be older than the image's.
  await writeFile(file, text.replace(/^max_prepared_statements.*\n/m, ''));
  await chmod(file, 0o644);
  const isRoot = process.getuid?.() === 0;
  const child = spawn(findProgram('pgbouncer') ?? 'pgbouncer', [file], {
    stdio: 'ignore',
    ...(isRoot && { uid: nobody, gid: nobody }),
  });
  const exited = once(child, 'exit');
  const end = endWithTest(child);
  t.teardown(async () => {
    end();
    await exited;
  });
  if (!(await eventually(() => isListening(port)))) throw new Error('PgBouncer does not listen');
  return port;
};

t.test('the roles, the pooler and the migration of compose.yaml', { skip }, async (t) => {
  const directory = await aDirectory(t, 'compose');
  const secrets = join(directory, 'secrets');
  await copyFile(join(root, 'deploy/compose/make-secrets.sh'), join(directory, 'make-secrets.sh'));
  const { PATH } = process.env;
  t.match(await run('sh', [join(directory, 'make-secrets.sh')], { PATH }), { code: 0 });
  const passwords = ['postgres-password', 'owner-password', 'database-password', 'grafana-password'];
  const read = (name: string) => readFile(join(secrets, name), 'utf8');
  const made = await Promise.all(passwords.map(read));
  t.equal(new Set(made).size, 4, 'each is another');
  for (const password of made) t.match(password, /^[0-9a-f]{48}$/);
  await run('sh', [join(directory, 'make-secrets.sh')], { PATH });
  t.strictSame(await Promise.all(passwords.map(read)), made, 'and stays');
  t.equal((await stat(secrets)).mode & 0o777, 0o711);

  await mkdir(join(directory, 'server'));
  if (process.getuid?.() === 0) await chown(join(directory, 'server'), nobody, nobody);
  const server = await startEmbeddedDatabase({ directory: join(directory, 'server'), settings: { fsync: 'off' } });
  t.teardown(() => server.release());
  const url = new URL(server.url);
  const script = renamed(readText('deploy/compose/create-roles.sh')).replaceAll('/run/secrets', secrets);
  const superuser = { PGHOST: url.hostname, PGPORT: url.port, PGPASSWORD: url.password, POSTGRES_USER: url.username };
  const created = await run('sh', ['-c', script], { PATH, ...superuser });
  t.equal(created.code, 0, created.output);

  await writeFile(join(secrets, 'pgbouncer-users'), renamed(await read('pgbouncer-users')));
  const port = await aPooler(t, directory, url);
  const { services } = parse(readText('compose.yaml'), { merge: true }) as {
    services: { migrate: { command: string[] } };
  };
  const taskward = `"${process.execPath}" --conditions=@taskward/source apps/cli/src/main.ts`;
  const migration = renamed(services.migrate.command.at(-1) as string)
    .replaceAll('$$', '$')
    .replace('/run/secrets', secrets)
    .replace('postgres:5432', url.host)
    .replace('taskward migrate', `${taskward} migrate`);
  const env = {
    PATH,
    ENVIRONMENT: 'production',
    BETTER_AUTH_SECRET: secret,
    CORS_ALLOWED_ORIGINS: 'https://app.example',
    DATABASE_URL: `postgresql://compose@127.0.0.1:${port}/compose`,
    DATABASE_PASSWORD_FILE: join(secrets, 'database-password'),
  };
  const command = (line: string) => run('sh', ['-c', `${taskward} ${line}`], env);
  const migrated = await run('sh', ['-c', migration], env);
  t.equal(migrated.code, 0, migrated.output);
  const denied = await command('doctor');
  t.match(denied, { code: 1, output: /Not known: .* Set MIGRATION_DATABASE_URL as well\./ });
  const doctor = await run('sh', ['-c', migration.replace('main.ts migrate', 'main.ts doctor')], env);
  t.equal(doctor.code, 0, doctor.output);
  t.match(await command('add --user ada Sail'), { code: 0 });
  t.match(await command('list --user ada'), { code: 0, output: /Sail/ });

  await writeFile(env.DATABASE_PASSWORD_FILE, 'another');
  t.not((await command('list --user ada')).code, 0, 'without the password nobody gets in');
});
