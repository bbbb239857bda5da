import { anApi, type Connect, type Shown } from '../front-end.ts';

interface Task {
  id: number;
  title: string;
  is_completed: boolean;
}

const show = ({ id, title, is_completed }: Task): Shown => ({ id, title, done: is_completed });

/** Sends and reads `is_completed`. */
export const isCompleted: Connect = (session) => {
  const api = anApi(session);
  return {
    add: async (title) => show(await api<Task>('', 'POST', { title, is_completed: false })),
    list: async () => (await api<Task[]>('')).map(show),
    open: async () => (await api<Task[]>('?is_completed=false&sort_by=title')).map(show),
    rename: ({ id }, title) => api<unknown>(`/${id}`, 'PUT', { title }),
    toggle: ({ id, done }) => api<unknown>(`/${id}`, 'PUT', { is_completed: !done }),
    remove: ({ id }) => api<void>(`/${id}`, 'DELETE'),
  };
};
