import { Migration } from '@mikro-orm/migrations';

const own = (column: string) => `${column} = nullif(current_setting('taskward.user_id', true), '')`;

/**
 * Makes checks and policies cheaper. PostgreSQL parses a table's check constraints for every statement that writes to it,
 * but caches those of a domain. And a policy that compares with the setting directly is one comparison before the scan,
 * because every statement names its owner; with a sub-select it is a subplan that each statement starts and ends.
 */
export class CheckByType extends Migration {
  override async up(): Promise<void> {
    const domains = {
      identifier: 'char_length(value) between 1 and 255',
      title: 'char_length(value) between 1 and 200',
      description: 'char_length(value) <= 1000',
    };
    for (const name of Object.keys(domains)) this.addSql(`create domain taskward.${name} as text`);

    // The type of a column cannot change while a policy uses it.
    for (const [table, policy] of [
      ['users', 'users_owner'],
      ['users', 'users_jobs_erase'],
      ['tasks', 'tasks_owner'],
      ['answers', 'answers_owner'],
      ['imports', 'imports_owner'],
    ]) {
      this.addSql(`drop policy ${policy} on taskward.${table}`);
    }
    this.addSql(`alter table taskward.users drop constraint users_id_check,
      alter column id type taskward.identifier`);
    this.addSql(`alter table taskward.tasks drop constraint tasks_title_check, drop constraint tasks_description_check,
      alter column title type taskward.title, alter column description type taskward.description`);
    this.addSql(`alter table taskward.answers drop constraint answers_user_id_check, drop constraint answers_key_check,
      alter column user_id type taskward.identifier, alter column key type taskward.identifier`);
    this.addSql(`alter table taskward.imports drop constraint imports_external_id_check,
      alter column external_id type taskward.identifier`);

    // Existing values passed the tables' own constraints. Adding the constraints to the domains first would have made
    // PostgreSQL rewrite every table.
    for (const [name, condition] of Object.entries(domains)) {
      this.addSql(`alter domain taskward.${name} add constraint ${name}_check check (${condition}) not valid`);
    }

    for (const [table, column] of [
      ['users', 'id'],
      ['tasks', 'user_id'],
      ['answers', 'user_id'],
      ['imports', 'user_id'],
    ] as const) {
      this.addSql(
        `create policy ${table}_owner on taskward.${table} to taskward_api using (${own(column)}) with check (${own(column)})`,
      );
    }
    this.addSql(`create policy users_jobs_erase on taskward.users for delete to taskward_jobs using (${own('id')})`);
  }
}
