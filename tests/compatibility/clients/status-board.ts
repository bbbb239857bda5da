import { anApi, type Connect, type Shown } from '../front-end.ts';

interface Task {
  id: number;
  title: string;
  status: string;
}

const show = ({ id, title, status }: Task): Shown => ({ id, title, done: status === 'completed', details: status });

/** A board with the columns pending, in_progress and completed: it reads and sends `status` alone. */
export const statusBoard: Connect = (session) => {
  const api = anApi(session);
  return {
    add: async (title) => show(await api<Task>('', 'POST', { title, status: 'in_progress' })),
    list: async () => (await api<Task[]>('')).map(show),
    open: async () => (await api<Task[]>('?status=pending&sort_by=title&sort_order=asc')).map(show),
    rename: ({ id }, title) => api<unknown>(`/${id}`, 'PUT', { title }),
    toggle: ({ id, done }) => api<unknown>(`/${id}`, 'PATCH', { status: done ? 'pending' : 'completed' }),
    remove: ({ id }) => api<void>(`/${id}`, 'DELETE'),
  };
};
