import { Migration } from '@mikro-orm/migrations';

/**
 * Adds a folded copy of each text for search and sorting. Adding nullable columns changes the catalog only. Each search
 * folds the texts whose copy is null, until `foldStoredTexts` has filled it in.
 */
export class IndexSearch extends Migration {
  override async up(): Promise<void> {
    this.addSql(`alter table taskward.tasks add column title_folded text, add column description_folded text`);
    // Not compressed: decompression would dominate the time of a search.
    this.addSql(`alter table taskward.tasks alter column title_folded set storage external,
      alter column description_folded set storage external`);

    // Resets the copy where an older version, or manual SQL, changes a text without it. A statement that updates neither
    // text does not fire the triggers.
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
