import { Migration } from '@mikro-orm/migrations';

/**
 * Lets a job that names a user delete the stored responses of that user only. A job for all users, which purges expired
 * ones, can still delete any.
 */
export class GuardErasure extends Migration {
  override async up(): Promise<void> {
    const user = `nullif(current_setting('taskward.user_id', true), '')`;
    for (const table of ['idempotency_keys', 'idempotency_usage']) {
      this.addSql(`alter policy ${table}_jobs_purge on taskward.${table} using (user_id = coalesce(${user}, user_id))`);
    }
  }
}
