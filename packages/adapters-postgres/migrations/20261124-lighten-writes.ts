import { Migration } from '@mikro-orm/migrations';

/**
 * Allows heap-only (HOT) updates of tasks. The index on `updated_at`, which every change sets, prevented them; a user's
 * tasks are few enough to sort by it without an index.
 */
export class LightenWrites extends Migration {
  override async up(): Promise<void> {
    this.addSql(`drop index taskward.tasks_updated_at_idx`);
    this.addSql(`alter table taskward.tasks set (fillfactor = 90)`);
  }
}
