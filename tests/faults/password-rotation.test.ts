import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { closeDatabase, makeOwnerPorts, openDatabase } from '@taskward/adapters-postgres';
import { ConfigError, readConfig } from '@taskward/api';
import t from 'tap';
import { aCaller, anApi } from '../support/http/api.ts';
import { ownMigratedDatabase, poolSettings, sqlOn } from '../support/postgres/database.ts';
import { aDirectory } from '../support/processes/processes.ts';

const role = `rotating_${process.pid}`;

t.test('a rotated password needs no restart, and what is wrong with its file is said', async (t) => {
  const { url, database: owner } = await ownMigratedDatabase(t);
  const sql = sqlOn(owner);
  await sql(`create role ${role} login password 'first'`);
  await sql(`grant taskward_api, taskward_jobs to ${role}`);
  t.teardown(() => sql(`drop role ${role}`));
  const dropConnections = () => sql(`select pg_terminate_backend(pid) from pg_stat_activity where usename = '${role}'`);

  const file = join(await aDirectory(t, 'password'), 'password');
  await writeFile(file, 'first\n');
  const rotating = new URL(url);
  rotating.username = role;
  // The file wins.
  rotating.password = 'of long ago';
  const lines: string[] = [];
  const database = openDatabase(rotating.href, poolSettings, { log: (line) => lines.push(line), passwordFile: file });
  t.teardown(() => closeDatabase(database));
  const caller = aCaller(await anApi(t, makeOwnerPorts({ database }).tasks));
  const create = async () => (await caller.call('POST', '/api/tasks', { title: 'x' })).statusCode;
  t.equal(await create(), 201);

  await sql(`alter role ${role} password 'second'`);
  await dropConnections();
  t.equal(await create(), 503, 'the file still has the old one');
  t.match(lines.join('\n'), /refuses the password: .*password authentication failed/);
  await writeFile(file, 'second\r\n');
  t.equal(await create(), 201, 'without a restart');

  await dropConnections();
  await rm(file);
  t.equal(await create(), 503);
  await writeFile(file, '\n');
  t.equal(await create(), 503);
  await writeFile(file, 'second');
  t.equal(await create(), 201);
});

t.test('a file that is missing or empty is a fault at the start', async (t) => {
  const directory = await aDirectory(t, 'password');
  const empty = join(directory, 'empty');
  await writeFile(empty, '\n');
  const faultsOf = (env: Record<string, string>): string => {
    try {
      readConfig(env);
    } catch (error) {
      if (error instanceof ConfigError) return error.faults.join('\n');
      throw error;
    }
    return '';
  };
  const DATABASE_URL = 'postgresql://user@host/database';
  t.match(faultsOf({ DATABASE_URL, DATABASE_PASSWORD_FILE: join(directory, 'none') }), /cannot be read: ENOENT/);
  t.match(faultsOf({ DATABASE_URL, DATABASE_PASSWORD_FILE: empty }), /is empty/);
  t.match(faultsOf({ DATABASE_PASSWORD_FILE: empty }), /set that too, or neither/);
});
