import { anApi, type Connect, type Shown } from '../front-end.ts';

interface Task {
  id: number;
  title: string;
  completed: boolean;
}

const show = ({ id, title, completed }: Task): Shown => ({ id, title, done: completed });

/** Shows the tasks of one category and, for the open ones, the favourites among them. */
export const categoryFilter: Connect = (session) => {
  const api = anApi(session);
  return {
    add: async (title) => show(await api<Task>('', 'POST', { title, category: 'work', is_favorite: true })),
    list: async () => (await api<Task[]>('?category=work')).map(show),
    open: async () => (await api<Task[]>('?category=work&is_favorite=true&status=pending&sort=title')).map(show),
    rename: ({ id }, title) => api<unknown>(`/${id}`, 'PUT', { title }),
    toggle: ({ id }) => api<unknown>(`/${id}/complete`, 'PATCH'),
    remove: ({ id }) => api<void>(`/${id}`, 'DELETE'),
  };
};
