\set user random(1, :users)
\set task random(1, :tasks)
\startpipeline
begin;
select set_config('role', 'taskward_api', true), set_config('taskward.user_id', md5('user' || :user::text), true),
  set_config('statement_timeout', '5s', true), set_config('idle_in_transaction_session_timeout', '10s', true),
  set_config('TimeZone', 'UTC', true), set_config('DateStyle', 'ISO', true);
select t.* from taskward.users u join taskward.tasks t on t.user_id = u.id
  where u.id = md5('user' || :user::text) and t.id = :task for no key update of u, t;
\endpipeline
\startpipeline
with owner as (
    update taskward.users set revision = revision + 1 where id = md5('user' || :user::text) returning id, revision
  )
  update taskward.tasks t set completed = not t.completed, updated_at = now(), revision = owner.revision
  from owner where t.user_id = owner.id and t.id = :task returning t.revision;
commit;
\endpipeline
