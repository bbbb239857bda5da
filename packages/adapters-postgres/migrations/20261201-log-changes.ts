import { Migration } from '@mikro-orm/migrations';

/**
 * Adds the log of each user's changes. Reads and rewrites no table. A process of the previous version can keep running, but
 * does not log what it changes: whoever is in sync learns of that only with the next change of the same task.
 */
export class LogChanges extends Migration {
  override async up(): Promise<void> {
    this.addSql(`create domain taskward.change_kind as text
      check (value in ('created', 'updated', 'deleted', 'restored'))`);

    // No reference to users: checking it would cost every write. Erasing a user names this table.
    this.addSql(`create table taskward.changes (
      user_id taskward.identifier not null,
      revision bigint not null,
      task_id integer not null,
      kind taskward.change_kind not null,
      at timestamptz(3) not null,
      before json,
      batch bigint,
      request_id text,
      constraint changes_pkey primary key (user_id, revision)
    )`);
    this.addSql(`create index changes_task_idx on taskward.changes (user_id, task_id, revision)`);
    this.addSql(`create index changes_trash_idx on taskward.changes (user_id, revision)
      where kind = 'deleted' and before is not null`);
    this.addSql(`create index changes_at_idx on taskward.changes using brin (at)`);

    const user = `nullif(current_setting('taskward.user_id', true), '')`;
    const own = `user_id = ${user}`;
    this.addSql(`alter table taskward.changes enable row level security`);
    this.addSql(`alter table taskward.changes force row level security`);
    this.addSql(`create policy changes_owner on taskward.changes to taskward_api using (${own}) with check (${own})`);
    this.addSql(`create policy changes_jobs_see on taskward.changes for select to taskward_jobs
      using (user_id = coalesce(${user}, user_id))`);
    this.addSql(`create policy changes_jobs_purge on taskward.changes for delete to taskward_jobs using (${own})`);
    // A request can clear what an entry says, which purging the trash does, and remove none.
    this.addSql(`grant select, insert, update (before) on taskward.changes to taskward_api`);
    this.addSql(`grant select (user_id, revision, at), delete on taskward.changes to taskward_jobs`);

    // Existing users have the epoch 0, and others a random one.
    this.addSql(`alter table taskward.users
      add column epoch integer not null default 0,
      add column oldest_revision bigint not null default 0`);
    this.addSql(`alter table taskward.users alter column epoch set default 1 + floor(random() * 2147483646)::integer`);
    this.addSql(`create policy users_jobs_bound on taskward.users for update to taskward_jobs
      using (id = ${user}) with check (id = ${user})`);
    this.addSql(
      `grant select (revision, oldest_revision), update (oldest_revision, epoch) on taskward.users to taskward_jobs`,
    );
  }
}
