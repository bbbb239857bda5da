export {
  type EmbeddedDatabase,
  type EmbeddedDatabaseOptions,
  makeDirectory,
  startEmbeddedDatabase,
} from './embedded-database.ts';
export { EmbeddedDatabaseError } from './errors.ts';
