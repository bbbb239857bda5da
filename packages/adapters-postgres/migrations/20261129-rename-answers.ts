import { Migration } from '@mikro-orm/migrations';

/**
 * Renames the table of stored responses. Renaming takes a short lock and rewrites nothing. A process of the previous
 * version does not know the new name: until it is replaced, its writes with a key fail.
 */
export class RenameAnswers extends Migration {
  override async up(): Promise<void> {
    const table = 'taskward.idempotency_keys';
    this.addSql(`alter table taskward.answers rename to idempotency_keys`);
    this.addSql(`alter table ${table} rename column answer to response`);
    this.addSql(`alter table ${table} rename constraint answers_pkey to idempotency_keys_pkey`);
    this.addSql(`alter index taskward.answers_created_at_idx rename to idempotency_keys_created_at_idx`);
    for (const [before, after] of [
      ['answers_owner', 'idempotency_keys_owner'],
      ['answers_jobs_see', 'idempotency_keys_jobs_see'],
      ['answers_jobs_forget', 'idempotency_keys_jobs_purge'],
      ['answers_jobs_lock', 'idempotency_keys_jobs_lock'],
    ]) {
      this.addSql(`alter policy ${before} on ${table} rename to ${after}`);
    }
    this.addSql(
      `alter policy idempotency_usage_jobs_forget on taskward.idempotency_usage rename to idempotency_usage_jobs_purge`,
    );
  }
}
