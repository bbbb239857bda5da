import { Migration } from '@mikro-orm/migrations';

/** Creates external ids of imported tasks, and lets jobs erase the user that they name. */
export class RememberImports extends Migration {
  override async up(): Promise<void> {
    // No foreign key to tasks: the external id of a deleted task must prevent it from being imported again.
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

    // Requests cannot delete users. A job can delete the one that its transaction names, so that a missing condition does
    // not erase all users. Foreign keys delete the user's tasks and imports.
    this.addSql(`create policy users_jobs_erase on taskward.users for delete to taskward_jobs using (${own('id')})`);
    this.addSql(`grant delete on taskward.users to taskward_jobs`);
  }
}
