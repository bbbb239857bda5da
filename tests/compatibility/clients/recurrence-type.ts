import { anApi, type Connect, type Shown } from '../front-end.ts';

interface Task {
  id: number;
  title: string;
  completed: boolean;
  recurrence_type: string | null;
  recurring_type: string | null;
}

const show = ({ id, title, completed, ...task }: Task): Shown => ({
  id,
  title,
  done: completed,
  details: `${task.recurrence_type} or ${task.recurring_type}`,
});

/** Sends and reads `recurrence_type`, and sends the whole task back. */
export const recurrenceType: Connect = (session) => {
  const api = anApi(session);
  const recurring = {
    is_recurring: true,
    recurrence_type: 'weekly',
    recurrence_interval: 1,
    recurrence_end_date: null,
  };
  const change = async ({ id }: Shown, changes: object) =>
    api<Task>(`/${id}`, 'PUT', { ...(await api<Task>(`/${id}`)), ...changes });
  return {
    add: async (title) => show(await api<Task>('', 'POST', { title, due_date: '2026-12-01', ...recurring })),
    list: async () => (await api<Task[]>('')).map(show),
    open: async () => (await api<Task[]>('?status=pending&sort=title')).map(show),
    rename: (task, title) => change(task, { title }),
    toggle: ({ id, done }) =>
      api<unknown>(`/${id}`, 'PUT', { is_recurring: false, recurrence_type: null, completed: !done }),
    remove: ({ id }) => api<void>(`/${id}`, 'DELETE'),
  };
};
