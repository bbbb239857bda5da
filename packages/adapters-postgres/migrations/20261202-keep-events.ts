import { Migration } from '@mikro-orm/migrations';

// The task after each change. Where one statement changes a task several times, the table has only its last state: the
// earliest later entry that names a field has the value that the field had before it. A deletion names all of them.
const keepChanges = `create function taskward.keep_changes() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
  begin
    with later as materialized (
      select user_id, task_id, revision, before::jsonb as before from logged where before is not null
    )
    insert into taskward.outbox (user_id, revision, task_id, kind, at, before, batch, request_id, task)
    select c.user_id, c.revision, c.task_id, c.kind, c.at, c.before, c.batch, c.request_id,
      coalesce(to_jsonb(t) - array['user_id', 'title_folded', 'description_folded'], '{}')
      || coalesce((
        select jsonb_object_agg(field.key, field.value order by later.revision desc)
        from later, jsonb_each(later.before) field
        where later.user_id = c.user_id and later.task_id = c.task_id
          and later.revision >= c.revision + (c.kind <> 'deleted')::integer
      ), '{}')
      || case when c.kind = 'deleted' then '{}' else jsonb_build_object('revision', c.revision) end
    from logged c left join taskward.tasks t on t.user_id = c.user_id and t.id = c.task_id;
    return null;
  end $$`;

// Only the owner of a table can create a trigger. This function runs as its owner and can do nothing else.
const switchTrigger = `create function taskward.switch_outbox(wanted boolean) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '1s' as $$
  declare
    present constant boolean := exists (select from pg_trigger
      where tgrelid = 'taskward.changes'::regclass and tgname = 'changes_outbox');
  begin
    if wanted and not present then
      create trigger changes_outbox after insert on taskward.changes
        referencing new table as logged for each statement execute function taskward.keep_changes();
    elsif present and not wanted then
      drop trigger changes_outbox on taskward.changes;
    end if;
  end $$`;

/** Adds the outbox, the endpoints of other systems and the deliveries to them. Reads and rewrites no table. */
export class KeepEvents extends Migration {
  override async up(): Promise<void> {
    this.addSql(`create table taskward.webhook_endpoints (
      id uuid not null default gen_random_uuid(),
      url text not null,
      events text[] not null,
      created_at timestamptz(3) not null,
      secret_version integer not null default 1,
      previous_until timestamptz(3),
      gives_up_at timestamptz(3),
      disabled text,
      constraint webhook_endpoints_pkey primary key (id),
      constraint webhook_endpoints_url_key unique (url)
    )`);
    this.addSql(`create table taskward.outbox (
      id uuid not null default gen_random_uuid(),
      user_id taskward.identifier not null,
      revision bigint not null,
      task_id integer not null,
      kind taskward.change_kind not null,
      at timestamptz(3) not null,
      before json,
      batch bigint,
      request_id text,
      task json not null,
      dispatched boolean not null default false,
      constraint outbox_pkey primary key (id)
    )`);
    this.addSql(`create index outbox_new_idx on taskward.outbox (at) where not dispatched`);
    this.addSql(`create index outbox_user_idx on taskward.outbox (user_id)`);
    this.addSql(`create index outbox_at_idx on taskward.outbox (at)`);
    this.addSql(`create table taskward.webhook_deliveries (
      id bigint generated always as identity,
      endpoint_id uuid not null,
      event_id uuid not null,
      state text not null default 'pending',
      attempts integer not null default 0,
      at timestamptz(3) not null,
      status integer,
      error text,
      milliseconds integer,
      constraint webhook_deliveries_pkey primary key (id),
      constraint webhook_deliveries_endpoint_id_foreign foreign key (endpoint_id)
        references taskward.webhook_endpoints (id) on delete cascade,
      constraint webhook_deliveries_event_id_foreign foreign key (event_id)
        references taskward.outbox (id) on delete cascade
    )`);
    this.addSql(`create index webhook_deliveries_due_idx on taskward.webhook_deliveries (endpoint_id, at)
      where state = 'pending'`);
    this.addSql(`create index webhook_deliveries_endpoint_id_idx on taskward.webhook_deliveries (endpoint_id, id)`);
    this.addSql(`create index webhook_deliveries_event_id_idx on taskward.webhook_deliveries (event_id)`);

    const user = `nullif(current_setting('taskward.user_id', true), '')`;
    for (const table of ['webhook_endpoints', 'outbox', 'webhook_deliveries']) {
      this.addSql(`alter table taskward.${table} enable row level security`);
      this.addSql(`alter table taskward.${table} force row level security`);
    }
    for (const table of ['webhook_endpoints', 'webhook_deliveries']) {
      this.addSql(`create policy ${table}_jobs on taskward.${table} to taskward_jobs using (true) with check (true)`);
      this.addSql(`grant select, delete on taskward.${table} to taskward_jobs`);
    }
    this.addSql(`grant insert (url, events, created_at), update (secret_version, previous_until, gives_up_at, disabled)
      on taskward.webhook_endpoints to taskward_jobs`);
    this.addSql(`grant insert (endpoint_id, event_id, at), update (state, attempts, at, status, error, milliseconds)
      on taskward.webhook_deliveries to taskward_jobs`);
    // A request can add its own user's events, and read none.
    this.addSql(
      `create policy outbox_owner on taskward.outbox for insert to taskward_api with check (user_id = ${user})`,
    );
    this.addSql(`grant insert on taskward.outbox to taskward_api`);
    this.addSql(`create policy outbox_jobs_see on taskward.outbox for select to taskward_jobs using (true)`);
    this.addSql(`create policy outbox_jobs_route on taskward.outbox for update to taskward_jobs
      using (true) with check (true)`);
    this.addSql(`create policy outbox_jobs_purge on taskward.outbox for delete to taskward_jobs
      using (user_id = coalesce(${user}, user_id))`);
    this.addSql(`grant select, update (dispatched), delete on taskward.outbox to taskward_jobs`);

    this.addSql(keepChanges);
    this.addSql(switchTrigger);
    this.addSql(`revoke execute on function taskward.switch_outbox(boolean) from public`);
    this.addSql(`grant execute on function taskward.switch_outbox(boolean) to taskward_jobs`);
  }
}
