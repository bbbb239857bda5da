import { anApi, type Connect, type Shown } from '../front-end.ts';

interface Task {
  id: number;
  title: string;
  completed: boolean;
  is_overdue: boolean;
  reminder_at: string | null;
}

const show = ({ id, title, completed, ...task }: Task): Shown => ({
  id,
  title,
  done: completed,
  details: `${task.is_overdue === true && !completed ? 'late' : 'in time'}, ${task.reminder_at?.slice(0, 10)}`,
});

const past = { due_date: '2020-01-02', reminder_at: '2020-01-01T09:00' };

/** Shows what is late as the backend says it, and one reminder. */
export const overdue: Connect = (session) => {
  const api = anApi(session);
  return {
    add: async (title) => show(await api<Task>('', 'POST', { title, ...past })),
    list: async () => (await api<Task[]>('')).map(show),
    open: async () => (await api<Task[]>('?status=pending&sort=title')).map(show),
    rename: ({ id }, title) => api<unknown>(`/${id}`, 'PUT', { title }),
    toggle: ({ id }) => api<unknown>(`/${id}/complete`, 'PATCH'),
    remove: ({ id }) => api<void>(`/${id}`, 'DELETE'),
  };
};
