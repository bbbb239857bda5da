import type { Database } from '../database.ts';
import { toApplicationError } from '../errors.ts';

/** The oldest supported major version of PostgreSQL. */
export const oldestServer = 14;

/** The properties of a database that Taskward depends on. */
export interface DatabaseFacts {
  /** Such as `18.4`. */
  readonly version: string;
  /** The major version. */
  readonly major: number;
  readonly name: string;
  /** Its character encoding, such as `UTF8`. */
  readonly encoding: string;
  /** Whether it has ICU collations. */
  readonly icu: boolean;
}

/** The database cannot store Taskward's data. Each of `faults` is a sentence that says what to do. */
export class UnfitDatabaseError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The database cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'UnfitDatabaseError';
    this.faults = faults;
  }
}

const faultsIn = ({ version, major, name, encoding, icu }: DatabaseFacts): string[] => {
  const faults: string[] = [];
  if (major < oldestServer) faults.push(`The server is PostgreSQL ${version}: use ${oldestServer} or newer.`);
  if (encoding !== 'UTF8') {
    faults.push(
      `The database "${name}" has the encoding ${encoding}, in which most characters cannot be stored or searched. Make one with \`createdb --encoding=UTF8 --template=template0 NAME\`, and name that in DATABASE_URL.`,
    );
  } else if (!icu) {
    faults.push(
      `The database "${name}" has no collation "und-x-icu", by which texts are compared. Use a PostgreSQL that was built with ICU; if it was, run \`select pg_import_system_collations('pg_catalog')\` as a superuser.`,
    );
  }
  return faults;
};

/**
 * Verifies that the database can store and compare every text.
 * @returns the properties that it found
 * @throws UnfitDatabaseError saying what to do; ApplicationError `database/unavailable`
 */
export const verifyFitness = async ({ orm }: Database): Promise<DatabaseFacts> => {
  let facts: DatabaseFacts | undefined;
  try {
    [facts] = await orm.em.fork().execute<DatabaseFacts[]>(
      `select split_part(current_setting('server_version'), ' ', 1) as version,
         current_setting('server_version_num')::int / 10000 as major, current_database() as name,
         current_setting('server_encoding') as encoding,
         exists (select from pg_collation where collname = 'und-x-icu') as icu`,
    );
  } catch (error) {
    throw toApplicationError(error);
  }
  const faults = faultsIn(facts as DatabaseFacts);
  if (faults.length > 0) throw new UnfitDatabaseError(faults);
  return facts as DatabaseFacts;
};
