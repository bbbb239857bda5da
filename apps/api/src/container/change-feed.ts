import { type Database, makePolledChangeFeed, type PolledChangeFeed } from '@taskward/adapters-postgres';
import type { Logger } from 'pino';

/** Makes the feed of changes over the database. It logs the beginning and end of an outage. */
export const makeChangeFeed = ({ database, log }: { database: Database; log: Logger }): PolledChangeFeed =>
  makePolledChangeFeed(database, (error) => {
    if (error === undefined) log.warn('Changes of other processes are seen again.');
    else log.warn({ err: error }, 'Changes of other processes cannot be seen now; looked for again each second.');
  });
