import { anApi, type Connect, type Shown } from '../front-end.ts';

interface Task {
  id: number;
  title: string;
  status: string;
}

const show = ({ id, title, status }: Task): Shown => ({ id, title, done: status === 'COMPLETE', details: status });

/** Reads and sends `status` as INCOMPLETE or COMPLETE. */
export const statusComplete: Connect = (session) => {
  const api = anApi(session);
  return {
    add: async (title) => show(await api<Task>('', 'POST', { title, status: 'INCOMPLETE' })),
    list: async () => (await api<Task[]>('')).map(show),
    open: async () => (await api<Task[]>('?status=INCOMPLETE&sort_by=title&sort_order=asc')).map(show),
    rename: ({ id }, title) => api<unknown>(`/${id}`, 'PUT', { title }),
    toggle: ({ id }) => api<unknown>(`/${id}/complete`, 'PATCH'),
    remove: ({ id }) => api<void>(`/${id}`, 'DELETE'),
  };
};
