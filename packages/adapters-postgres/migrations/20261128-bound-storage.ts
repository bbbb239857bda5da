import { Migration } from '@mikro-orm/migrations';

/**
 * Adds what limits the storage of one user. Reads and rewrites no table: a user's removed tasks are counted on demand, and
 * a process of the previous version can keep running.
 */
export class BoundStorage extends Migration {
  override async up(): Promise<void> {
    this.addSql(`alter table taskward.users add column removed_count integer`);

    // The application compresses it already.
    this.addSql(`alter table taskward.answers add column packed bytea`);
    this.addSql(`alter table taskward.answers alter column packed set storage external`);

    // Every write brings the configured bounds, and fails as a whole if it exceeds them.
    this.addSql(`create table taskward.idempotency_usage (
      user_id taskward.identifier not null,
      since timestamptz(3) not null,
      keys integer not null,
      bytes bigint not null,
      max_keys integer not null,
      max_bytes bigint not null,
      constraint idempotency_usage_pkey primary key (user_id),
      constraint idempotency_usage_bounds check (keys <= max_keys and bytes <= max_bytes)
    ) with (fillfactor = 70)`);
    this.addSql(`create index idempotency_usage_since_idx on taskward.idempotency_usage (since)`);

    const own = `user_id = nullif(current_setting('taskward.user_id', true), '')`;
    const table = 'taskward.idempotency_usage';
    this.addSql(`alter table ${table} enable row level security`);
    this.addSql(`alter table ${table} force row level security`);
    this.addSql(`create policy idempotency_usage_owner on ${table} to taskward_api using (${own}) with check (${own})`);
    this.addSql(`create policy idempotency_usage_jobs_see on ${table} for select to taskward_jobs using (true)`);
    this.addSql(`create policy idempotency_usage_jobs_forget on ${table} for delete to taskward_jobs using (true)`);
    this.addSql(`grant select, insert, update on ${table} to taskward_api`);
    this.addSql(`grant select (user_id, since), delete on ${table} to taskward_jobs`);

    // `for update skip locked` requires the update privilege. The job cannot update anything: no row passes the check.
    for (const [locked, column] of [
      ['answers', 'created_at'],
      ['idempotency_usage', 'since'],
    ]) {
      this.addSql(`grant update (${column}) on taskward.${locked} to taskward_jobs`);
      this.addSql(
        `create policy ${locked}_jobs_lock on taskward.${locked} for update to taskward_jobs using (true) with check (false)`,
      );
    }
  }
}
