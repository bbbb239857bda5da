import { Migration } from '@mikro-orm/migrations';

/** Adds an object of the clients' own to each task. Null stands for an empty one. Adding the column changes the catalog only. */
export class KeepMetadata extends Migration {
  override async up(): Promise<void> {
    // `json` keeps numbers as they were written, so that a filter compares the same text in every store.
    this.addSql(`alter table taskward.tasks add column metadata json`);
  }
}
