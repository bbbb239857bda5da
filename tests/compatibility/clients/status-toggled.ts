import { anApi, type Connect, type Shown } from '../front-end.ts';

interface Task {
  id: number;
  title: string;
  status: 'todo' | 'done';
}

const show = ({ id, title, status }: Task): Shown => ({ id, title, done: status === 'done', details: status });

/** Toggles without saying how, and reads `status` as todo or done. */
export const statusToggled: Connect = (session) => {
  const api = anApi(session);
  return {
    add: async (title) => show(await api<Task>('', 'POST', { title })),
    list: async () => (await api<Task[]>('')).map(show),
    open: async () => (await api<Task[]>('?status=todo&sort=title')).map(show),
    rename: ({ id }, title) => api<unknown>(`/${id}`, 'PUT', { title }),
    toggle: ({ id }) => api<unknown>(`/${id}/complete`, 'PATCH'),
    remove: ({ id }) => api<void>(`/${id}`, 'DELETE'),
  };
};
