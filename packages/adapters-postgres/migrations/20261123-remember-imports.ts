import { Migration } from '@mikro-orm/migrations';

/** What was imported under which external id, and the right of jobs to erase a user whom they name. */
export class RememberImports extends Migration {
  override async up(): Promise<void> {
    // No reference to tasks: a task that was deleted must not come back with the next import.
    this.addSql(`create table taskward.imports (
      user_id text not null,
      external_id text not null,
      task_id integer not null,
      constraint imports_pkey primary key (user_id, external_id),
      constraint imports_user_id_foreign foreign key (user_id) references taskward.users (id) on delete cascade,
      constraint imports_external_id_check check (char_length(external_id) between 1 and 255)
    )`);

    const own = (column: string) => `${column} = (select nullif(current_setting('taskward.user_id', true), ''))`;
    this.addSql(`alter table taskward.imports enable row level security`);
    this.addSql(`alter table taskward.imports force row level security`);
    this.addSql(
      `create policy imports_owner on taskward.imports to taskward_api using (${own('user_id')}) with check (${own('user_id')})`,
    );
    this.addSql(`grant select, insert on taskward.imports to taskward_api`);

    // Requests cannot delete users. A job can, but only the one whom its transaction names: a condition that was
    // forgotten does not erase everybody. Tasks and imports go with their user, by the foreign keys.
    this.addSql(`create policy users_jobs_erase on taskward.users for delete to taskward_jobs using (${own('id')})`);
    this.addSql(`grant delete on taskward.users to taskward_jobs`);
  }
}
