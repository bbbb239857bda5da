import { anApi, type Connect, type Shown } from '../front-end.ts';

interface Task {
  id: number;
  title: string;
  completed: boolean;
  due_date?: string | null;
  due_datetime?: string | null;
}

const show = ({ id, title, completed, ...due }: Task): Shown => ({
  id,
  title,
  done: completed,
  details: String(new Date(due.due_datetime ?? due.due_date ?? 0).getTime()),
});

/** Sends an instant as `due_datetime`, and reads the date in either name. */
export const dueDatetime: Connect = (session) => {
  const api = anApi(session);
  return {
    add: async (title) =>
      show(await api<Task>('', 'POST', { title, due_datetime: new Date(Date.UTC(2026, 11, 1)).toISOString() })),
    list: async () => (await api<Task[]>('')).map(show),
    open: async () => (await api<Task[]>('?status=active&sort=due_date,title')).map(show),
    rename: ({ id }, title) => api<unknown>(`/${id}`, 'PUT', { title }),
    toggle: ({ id }) => api<unknown>(`/${id}/complete`, 'PATCH'),
    remove: ({ id }) => api<void>(`/${id}`, 'DELETE'),
  };
};
