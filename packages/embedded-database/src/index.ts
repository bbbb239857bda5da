export { type EmbeddedDatabase, type EmbeddedDatabaseOptions, startEmbeddedDatabase } from './embedded-database.ts';
export { EmbeddedDatabaseError } from './errors.ts';
