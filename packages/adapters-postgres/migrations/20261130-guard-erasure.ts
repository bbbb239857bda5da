import { Migration } from '@mikro-orm/migrations';

/**
 * Lets a job that is about one user delete that user's stored responses only. One that is about all, which removes
 * what has expired, may delete anybody's as before.
 */
export class GuardErasure extends Migration {
  override async up(): Promise<void> {
    const user = `nullif(current_setting('taskward.user_id', true), '')`;
    for (const table of ['idempotency_keys', 'idempotency_usage']) {
      this.addSql(`alter policy ${table}_jobs_purge on taskward.${table} using (user_id = coalesce(${user}, user_id))`);
    }
  }
}
