import { anApi, type Connect, type Shown } from '../front-end.ts';

interface Task {
  id: number;
  title: string;
  completed: boolean;
  is_recurring: boolean;
  recurrence_pattern: string | null;
  reminder_time: string | null;
}

const due = { due_date: '2026-12-01', reminder_time: '2026-12-01T09:00:00Z' };

const show = ({ id, title, completed, ...task }: Task): Shown => ({
  id,
  title,
  done: completed,
  details: task.is_recurring ? `${task.recurrence_pattern}, at ${task.reminder_time?.slice(11, 16)}` : 'once',
});

/** Sends and reads `recurrence_pattern` and `reminder_time`. */
export const recurrence: Connect = (session) => {
  const api = anApi(session);
  return {
    add: async (title) =>
      show(await api<Task>('', 'POST', { title, ...due, is_recurring: true, recurrence_pattern: 'weekly' })),
    list: async () => (await api<Task[]>('')).map(show),
    open: async () => (await api<Task[]>('?status=pending&sort=title')).map(show),
    rename: ({ id }, title) =>
      api<unknown>(`/${id}`, 'PUT', { title, is_recurring: false, recurrence_pattern: 'none' }),
    toggle: ({ id, done }) => api<unknown>(`/${id}`, 'PUT', { recurrence_pattern: 'none', completed: !done }),
    remove: ({ id }) => api<void>(`/${id}`, 'DELETE'),
  };
};
