import type { Database } from './database.ts';
import { unavailableOr } from './failures.ts';

/** The oldest PostgreSQL that Taskward is made for. */
export const oldestServer = 14;

/**
 * The server's version.
 * @returns such as `18.4`, and its first number
 * @throws DomainError `database/unavailable`
 */
export const serverVersion = async ({ orm }: Database): Promise<{ version: string; major: number }> => {
  try {
    const [row] = await orm.em
      .fork()
      .execute<{ version: string; number: number }[]>(
        `select current_setting('server_version') as version, current_setting('server_version_num')::int as number`,
      );
    const { version, number } = row as { version: string; number: number };
    return { version: version.split(' ')[0] as string, major: Math.floor(number / 10_000) };
  } catch (error) {
    throw unavailableOr(error);
  }
};

/**
 * The names of the migrations that have not been run yet. Changes nothing.
 * @throws DomainError `database/unavailable`, or the database's error where the login role may not look
 */
export const pendingMigrations = async ({ orm }: Database): Promise<string[]> => {
  try {
    const em = orm.em.fork();
    const [table] = await em.execute<{ is_there: boolean }[]>(
      `select to_regclass('taskward.migrations') is not null as is_there`,
    );
    const done = table?.is_there ? await em.execute<{ name: string }[]>('select name from taskward.migrations') : [];
    const names = new Set(done.map(({ name }) => name));
    const all = orm.config.get('migrations').migrationsList ?? [];
    return all.flatMap((one) => ('name' in one && !names.has(one.name) ? one.name : []));
  } catch (error) {
    throw unavailableOr(error);
  }
};
