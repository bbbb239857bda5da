import type { Database } from '../database.ts';
import { toApplicationError } from '../errors.ts';

/**
 * Returns the names of the migrations that have not been run yet. Read-only.
 * @throws ApplicationError `database/unavailable`, or the database's error where the login role lacks the privilege
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
    throw toApplicationError(error);
  }
};
