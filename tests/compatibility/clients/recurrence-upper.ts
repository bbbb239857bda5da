import { anApi, type Connect, type Shown } from '../front-end.ts';

interface Task {
  id: number;
  title: string;
  completed: boolean;
  recurrence: 'NONE' | 'WEEKLY';
  remind_at: string | null;
}

const show = ({ id, title, completed, ...task }: Task): Shown => ({
  id,
  title,
  done: completed,
  details: `${task.recurrence}, at ${task.remind_at?.slice(11, 16)}`,
});

/** Sends and reads `recurrence` in capitals, and `remind_at`. */
export const recurrenceUpper: Connect = (session) => {
  const api = anApi(session);
  const due = { due_date: '2026-12-01', remind_at: '2026-12-01T09:00', recurrence: 'WEEKLY' };
  const change = async ({ id }: Shown, changes: object) =>
    api<Task>(`/${id}`, 'PUT', { ...(await api<Task>(`/${id}`)), ...changes });
  return {
    add: async (title) => show(await api<Task>('', 'POST', { title, ...due })),
    list: async () => (await api<Task[]>('')).map(show),
    open: async () => (await api<Task[]>('?status=pending&sort=title')).map(show),
    rename: (task, title) => change(task, { title }),
    toggle: ({ id, done }) => api<unknown>(`/${id}`, 'PUT', { recurrence: 'NONE', completed: !done }),
    remove: ({ id }) => api<void>(`/${id}`, 'DELETE'),
  };
};
