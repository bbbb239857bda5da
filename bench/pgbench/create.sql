\set user random(1, :users)
insert into task (user_id, title, description)
  values (md5('user' || :user::text), 'Buy milk and bread, then call home', 'A description of ordinary length for a task, about eighty characters long.')
  returning id, user_id, title, description, completed, priority, tags, due_date, due_at, repeat, reminders, position, metadata, completed_at, created_at, updated_at, revision;
