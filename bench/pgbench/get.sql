\set user random(1, :users)
\set task random(1, :tasks)
select id, user_id, title, description, completed, created_at, updated_at from task
  where id = (:task::int - 1) * :users::int + :user::int and user_id = md5('user' || :user::text);
