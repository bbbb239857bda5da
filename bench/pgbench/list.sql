\set user random(1, :users)
select id, user_id, title, description, completed, created_at, updated_at from task
  where user_id = md5('user' || :user::text) order by created_at desc, id desc limit 20 offset 0;
