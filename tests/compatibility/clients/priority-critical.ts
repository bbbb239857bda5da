import { anApi, type Connect, type Shown } from '../front-end.ts';

interface Task {
  id: number;
  title: string;
  completed: boolean;
  priority: string | null;
}

const show = ({ id, title, completed, priority }: Task): Shown => ({
  id,
  title,
  done: completed,
  details: priority ?? 'none',
});

/** Offers Low, Medium, High and Critical, and “none” for no priority; shows the word that comes back. */
export const priorityCritical: Connect = (session) => {
  const api = anApi(session);
  return {
    add: async (title) => show(await api<Task>('', 'POST', { title, priority: 'Critical' })),
    list: async () => (await api<Task[]>('')).map(show),
    open: async () => (await api<Task[]>('?status=Pending&sort_by=title&order=ASC')).map(show),
    rename: ({ id }, title) => api<unknown>(`/${id}`, 'PUT', { title, priority: 'none' }),
    toggle: ({ id }) => api<unknown>(`/${id}/complete`, 'PATCH'),
    remove: ({ id }) => api<void>(`/${id}`, 'DELETE'),
  };
};
