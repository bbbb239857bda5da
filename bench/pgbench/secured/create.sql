\set user random(1, :users)
begin;
select set_config('role', 'taskward_api', true), set_config('taskward.user_id', md5('user' || :user::text), true),
  set_config('statement_timeout', '5s', true), set_config('idle_in_transaction_session_timeout', '10s', true),
  set_config('TimeZone', 'UTC', true), set_config('DateStyle', 'ISO', true);
with owner as (
    insert into taskward.users as u (id, last_task_id, revision, created_at) values (md5('user' || :user::text), 1, 1, now())
    on conflict (id) do update set last_task_id = u.last_task_id + 1, revision = u.revision + 1
    returning id, last_task_id, revision
  )
  insert into taskward.tasks (user_id, id, title, description, completed, created_at, updated_at, revision)
  select id, last_task_id, 'Buy milk and bread, then call home',
    'A description of ordinary length for a task, about eighty characters long.', false, now(), now(), revision
  from owner returning user_id, id, title, description, completed, created_at, updated_at, revision;
commit;
