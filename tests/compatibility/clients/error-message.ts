import { anApi, type Connect, type Shown } from '../front-end.ts';

interface Task {
  id: number;
  title: string;
  completed: boolean;
}

const show = ({ id, title, completed }: Task): Shown => ({ id, title, done: completed });

/** Shows the `message` of an error, or words of its own. */
export const errorMessage: Connect = (session) => {
  const api = anApi(session, ({ message }) => message ?? 'Something went wrong');
  return {
    add: async (title) => show(await api<Task>('', 'POST', { title })),
    list: async () => (await api<Task[]>('')).map(show),
    open: async () => (await api<Task[]>('?status=pending&sort=title')).map(show),
    rename: ({ id }, title) => api<unknown>(`/${id}`, 'PUT', { title }),
    toggle: ({ id }) => api<unknown>(`/${id}/complete`, 'PATCH'),
    remove: ({ id }) => api<void>(`/${id}`, 'DELETE'),
  };
};
