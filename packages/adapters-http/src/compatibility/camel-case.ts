/** The names of the contract's fields that have one in camel case. Those of one word are the same. */
export const camelCase = {
  user_id: 'userId',
  due_date: 'dueDate',
  due_at: 'dueAt',
  completed_at: 'completedAt',
  created_at: 'createdAt',
  updated_at: 'updatedAt',
} as const;

/** The same, with the names that settings add to a task. */
export const camelCaseOfSettings = {
  ...camelCase,
  is_completed: 'isCompleted',
  is_overdue: 'isOverdue',
  recurrence_pattern: 'recurrencePattern',
  is_recurring: 'isRecurring',
  reminder_time: 'reminderTime',
  reminder_at: 'reminderAt',
} as const;
