import { randomUUID } from 'node:crypto';
import { type Database, loginRole, migrate } from '@taskward/adapters-postgres';
import { open, sqlOn, withDatabase } from '../support/postgres/database.ts';

interface Scope {
  teardown(close: () => Promise<void>): void;
}

/** A reason to skip, or false where DATABASE_URL names a database with Citus. */
export const whyNoCitus = async (scope: Scope): Promise<string | false> => {
  const url = process.env.DATABASE_URL;
  const has = url !== undefined && (await open(scope, url).transactions.isDistributed());
  return has ? false : 'needs DATABASE_URL with a superuser of a Citus coordinator, in a database with the extension';
};

interface Node {
  nodename: string;
  nodeport: number;
}

/** Makes a database on every server of the cluster of DATABASE_URL, and migrates it. It is gone when the test ends. */
export const ownCitusDatabase = async (scope: Scope): Promise<{ url: string; database: Database }> => {
  const given = process.env.DATABASE_URL as string;
  const workers = await sqlOn(open(scope, given))<Node>(
    'select nodename, nodeport from pg_dist_node where groupid <> 0 order by nodeid',
  );
  const name = `taskward_test_${randomUUID().slice(0, 8)}`;
  const urls = [
    given,
    ...workers.map(({ nodename, nodeport }) => {
      const url = new URL(given);
      url.hostname = nodename;
      url.port = String(nodeport);
      return url.href;
    }),
  ];
  // Closed after the databases were dropped: teardowns run in reverse order.
  const servers = urls.map((url) => open(scope, url));
  scope.teardown(async () => {
    for (const server of servers) await sqlOn(server)(`drop database if exists ${name} with (force)`);
  });
  for (const [index, url] of urls.entries()) {
    await sqlOn(servers[index] as Database)(`create database ${name}`);
    await sqlOn(open(scope, withDatabase(url, name)))('create extension citus');
  }
  const url = withDatabase(given, name);
  const database = open(scope, url);
  const { hostname, port } = new URL(given);
  await sqlOn(database)('select citus_set_coordinator_host(?, ?)', [hostname, Number(port)]);
  for (const { nodename, nodeport } of workers)
    await sqlOn(database)('select citus_add_node(?, ?)', [nodename, nodeport]);
  // Few shards: a query without an owner goes to all of them.
  await sqlOn(database)(`alter database ${name} set citus.shard_count = 4`);
  const migrating = open(scope, url);
  await migrate(migrating, await loginRole(migrating));
  return { url, database };
};
