\set user random(1, :users)
\startpipeline
select set_config('role', 'taskward_api', true), set_config('taskward.user_id', md5('user' || :user::text), true),
  set_config('statement_timeout', '5s', true), set_config('idle_in_transaction_session_timeout', '10s', true),
  set_config('TimeZone', 'UTC', true), set_config('DateStyle', 'ISO', true);
select user_id, id, title, description, completed, created_at, updated_at, revision from taskward.tasks
  where user_id = md5('user' || :user::text) order by created_at desc, id desc limit 21 offset 0;
\endpipeline
