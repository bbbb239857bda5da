import { Migration } from '@mikro-orm/migrations';

// As before, but for reminders: their entries have no previous values, and leave the task at its revision.
const keepChanges = `create or replace function taskward.keep_changes() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
  begin
    with later as materialized (
      select user_id, task_id, revision, before::jsonb as before from logged
      where before is not null and kind <> 'reminded'
    )
    insert into taskward.outbox (user_id, revision, task_id, kind, at, before, batch, request_id, task)
    select c.user_id, c.revision, c.task_id, c.kind, c.at, c.before, c.batch, c.request_id,
      coalesce(to_jsonb(t) - array['user_id', 'title_folded', 'description_folded', 'tag_keys', 'remind_at'], '{}')
      || coalesce((
        select jsonb_object_agg(field.key, field.value order by later.revision desc)
        from later, jsonb_each(later.before) field
        where later.user_id = c.user_id and later.task_id = c.task_id
          and later.revision >= c.revision + (c.kind <> 'deleted')::integer
      ), '{}')
      || case when c.kind in ('deleted', 'reminded') then '{}' else jsonb_build_object('revision', c.revision) end
    from logged c left join taskward.tasks t on t.user_id = c.user_id and t.id = c.task_id;
    return null;
  end $$`;

/**
 * Adds what people plan with: priority, tags, due dates, recurrence, reminders, an order of their own. Adding nullable columns
 * changes the catalog only; making the indexes reads the table once, while writes wait. Rows from before read as they were.
 */
export class PlanTasks extends Migration {
  override async up(): Promise<void> {
    this.addSql(`create domain taskward.priority as text check (value in ('urgent', 'high', 'medium', 'low'))`);
    // Null stands for an empty list, so that a task without any has no more to store. `tag_keys` are the folded tags. `due_at` and
    // `remind_at` are the instants that the due date and the reminders mean by the owner's settings.
    this.addSql(`alter table taskward.tasks
      add column priority taskward.priority,
      add column tags text[],
      add column tag_keys text[],
      add column due_date text,
      add column due_at timestamptz(3),
      add column repeat json,
      add column reminders json,
      add column remind_at timestamptz(3)[],
      add column position text collate "C",
      add column completed_at timestamptz(3)`);
    this.addSql(`create index tasks_due_at_idx on taskward.tasks (user_id, due_at, id) where due_at is not null`);
    this.addSql(`create index tasks_position_idx on taskward.tasks (user_id, position, id) where position is not null`);
    this.addSql(`create index tasks_remind_at_idx on taskward.tasks ((remind_at[1])) where remind_at is not null`);

    this.addSql(`alter table taskward.users
      add column time_zone text, add column day_starts_at text, add column week_starts_on text`);

    this.addSql(`alter domain taskward.change_kind drop constraint change_kind_check`);
    this.addSql(`alter domain taskward.change_kind add constraint change_kind_check check
      (value in ('created', 'updated', 'deleted', 'restored', 'occurrence_completed', 'reminded')) not valid`);
    this.addSql(keepChanges);

    // Jobs find which tasks are to remind their owners, and nothing else of them.
    this.addSql(`create policy tasks_jobs_remind on taskward.tasks for select to taskward_jobs
      using (remind_at is not null)`);
    this.addSql(`grant select (user_id, id, remind_at) on taskward.tasks to taskward_jobs`);
  }
}
