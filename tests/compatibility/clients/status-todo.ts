import { anApi, type Connect, type Shown } from '../front-end.ts';

interface Task {
  id: number;
  title: string;
  status: string;
}

const show = ({ id, title, status }: Task): Shown => ({ id, title, done: status === 'DONE', details: status });

/** Reads and sends `status` as TO_DO, IN_PROGRESS or DONE. */
export const statusTodo: Connect = (session) => {
  const api = anApi(session);
  return {
    add: async (title) => show(await api<Task>('', 'POST', { title, status: 'IN_PROGRESS' })),
    list: async () => (await api<Task[]>('')).map(show),
    open: async () => (await api<Task[]>('?status_filter=TO_DO&sort_by=title&sort_order=asc')).map(show),
    rename: ({ id }, title) => api<unknown>(`/${id}`, 'PUT', { title }),
    toggle: ({ id }) => api<unknown>(`/${id}/complete`, 'PATCH'),
    remove: ({ id }) => api<void>(`/${id}`, 'DELETE'),
  };
};
