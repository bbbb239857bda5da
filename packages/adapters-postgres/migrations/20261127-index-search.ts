import { Migration } from '@mikro-orm/migrations';

/**
 * Keeps texts beside themselves in the form in which they are searched and sorted. Adding nullable columns changes the
 * catalog only. What is null is folded by each search until `foldStoredTexts` has been there.
 */
export class IndexSearch extends Migration {
  override async up(): Promise<void> {
    this.addSql(`alter table taskward.tasks add column title_folded text, add column description_folded text`);
    // Not compressed: a search would spend most of its time on decompression.
    this.addSql(`alter table taskward.tasks alter column title_folded set storage external,
      alter column description_folded set storage external`);

    // A version that does not know the columns, or somebody by hand, may change a text: what was folded is stale then.
    // A change that names neither text does not fire it.
    for (const column of ['title', 'description']) {
      this.addSql(`create function taskward.forget_folded_${column}() returns trigger language plpgsql as $$
        begin new.${column}_folded := null; return new; end $$`);
      this.addSql(`create trigger tasks_forget_folded_${column} before update of ${column} on taskward.tasks for each row
        when (new.${column} is distinct from old.${column} and new.${column}_folded is not distinct from old.${column}_folded
          and (new.${column}_folded <> '' or octet_length(new.${column}) <> char_length(new.${column})))
        execute function taskward.forget_folded_${column}()`);
    }
  }
}
