import { Migration } from '@mikro-orm/migrations';

/** Creates users and tasks, with the row security that isolates users. */
export class CreateTasks extends Migration {
  override async up(): Promise<void> {
    this.addSql(`create schema if not exists taskward`);

    // Roles are global to the server: a migration of another database may have created this one, or be doing so now.
    this.addSql(`do $$
      begin
        if not exists (select from pg_roles where rolname = 'taskward_api') then
          create role taskward_api nologin nosuperuser nobypassrls;
        end if;
      exception when duplicate_object or unique_violation then null;
      end
    $$`);

    this.addSql(`create table taskward.users (
      id text not null,
      last_task_id integer not null default 0,
      revision bigint not null default 0,
      created_at timestamptz(3) not null,
      constraint users_pkey primary key (id),
      constraint users_id_check check (char_length(id) between 1 and 255)
    ) with (fillfactor = 70)`);

    this.addSql(`create table taskward.tasks (
      user_id text not null,
      id integer not null,
      title text not null,
      description text,
      completed boolean not null,
      created_at timestamptz(3) not null,
      updated_at timestamptz(3) not null,
      revision bigint not null,
      constraint tasks_pkey primary key (user_id, id),
      constraint tasks_user_id_foreign foreign key (user_id) references taskward.users (id) on delete cascade,
      constraint tasks_title_check check (char_length(title) between 1 and 200),
      constraint tasks_description_check check (char_length(description) <= 1000)
    )`);
    this.addSql(`create index tasks_created_at_idx on taskward.tasks (user_id, created_at, id)`);
    this.addSql(`create index tasks_updated_at_idx on taskward.tasks (user_id, updated_at, id)`);

    for (const [table, owner] of [
      ['users', 'id'],
      ['tasks', 'user_id'],
    ] as const) {
      const own = `${owner} = (select nullif(current_setting('taskward.user_id', true), ''))`;
      this.addSql(`alter table taskward.${table} enable row level security`);
      this.addSql(`alter table taskward.${table} force row level security`);
      this.addSql(
        `create policy ${table}_owner on taskward.${table} to taskward_api using (${own}) with check (${own})`,
      );
    }

    this.addSql(`grant usage on schema taskward to taskward_api`);
    this.addSql(`grant select, insert, update on taskward.users to taskward_api`);
    this.addSql(`grant select, insert, update, delete on taskward.tasks to taskward_api`);
  }
}
