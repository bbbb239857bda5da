/** The names of a task's fields that have one in camel case. Those of one word are the same. */
export const camelCase = {
  user_id: 'userId',
  due_date: 'dueDate',
  due_at: 'dueAt',
  completed_at: 'completedAt',
  created_at: 'createdAt',
  updated_at: 'updatedAt',
} as const;
