\set user random(1, :users)
select id, user_id, title, description, completed, priority, tags, due_date, due_at, repeat, reminders, position, metadata, completed_at, created_at, updated_at, revision from task
  where user_id = md5('user' || :user::text) order by created_at desc, id desc limit 20 offset 0;
