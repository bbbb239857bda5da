import { Migration } from '@mikro-orm/migrations';

/** Creates stored responses for repeated calls, and the role of jobs that act for all users. */
export class KeepAnswers extends Migration {
  override async up(): Promise<void> {
    // Roles are global to the server: a migration of another database may have created this one, or be doing so now.
    this.addSql(`do $$
      begin
        if not exists (select from pg_roles where rolname = 'taskward_jobs') then
          create role taskward_jobs nologin nosuperuser nobypassrls;
        end if;
      exception when duplicate_object or unique_violation then null;
      end
    $$`);

    // No foreign key to users: an error is a response too, and its user may have no row yet.
    this.addSql(`create table taskward.answers (
      user_id text not null,
      key text not null,
      fingerprint text not null,
      answer text not null,
      created_at timestamptz(3) not null,
      constraint answers_pkey primary key (user_id, key),
      constraint answers_user_id_check check (char_length(user_id) between 1 and 255),
      constraint answers_key_check check (char_length(key) between 1 and 255)
    )`);
    this.addSql(`create index answers_created_at_idx on taskward.answers (created_at)`);

    const own = `user_id = (select nullif(current_setting('taskward.user_id', true), ''))`;
    this.addSql(`alter table taskward.answers enable row level security`);
    this.addSql(`alter table taskward.answers force row level security`);
    this.addSql(`create policy answers_owner on taskward.answers to taskward_api using (${own}) with check (${own})`);
    this.addSql(`create policy answers_jobs_see on taskward.answers for select to taskward_jobs using (true)`);
    this.addSql(`create policy answers_jobs_forget on taskward.answers for delete to taskward_jobs using (true)`);
    this.addSql(`create policy users_jobs on taskward.users for select to taskward_jobs using (true)`);

    this.addSql(`grant select, insert, update, delete on taskward.answers to taskward_api`);
    // Jobs can read how old responses are, but not their content.
    this.addSql(`grant usage on schema taskward to taskward_jobs`);
    this.addSql(`grant select (user_id, key, created_at), delete on taskward.answers to taskward_jobs`);
    this.addSql(`grant select (id) on taskward.users to taskward_jobs`);
  }
}
