\set user random(1, :users)
\set task random(1, :tasks)
select id, user_id, title, description, completed, priority, tags, due_date, due_at, repeat, reminders, position, metadata, completed_at, created_at, updated_at, revision from task
  where id = (:task::int - 1) * :users::int + :user::int and user_id = md5('user' || :user::text);
