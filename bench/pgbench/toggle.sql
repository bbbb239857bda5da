\set user random(1, :users)
\set task random(1, :tasks)
update task set completed = not completed, updated_at = now()
  where id = (:task::int - 1) * :users::int + :user::int and user_id = md5('user' || :user::text)
  returning id, user_id, title, description, completed, created_at, updated_at;
