import { anApi, type Connect, type Shown } from '../front-end.ts';

interface Task {
  id: number;
  title: string;
  completed: boolean;
  due_date: string | null;
}

const show = ({ id, title, completed, due_date }: Task): Shown => ({
  id,
  title,
  done: completed,
  details: due_date === null ? 'no date' : due_date.slice(0, 10),
});

/** Sends the text of a `datetime-local` input, or an empty one, and shows the day. */
export const dueText: Connect = (session) => {
  const api = anApi(session);
  return {
    add: async (title) =>
      show(await api<Task>('', 'POST', { title, description: '', priority: '', due_date: '2026-12-01T10:30' })),
    list: async () => (await api<Task[]>('')).map(show),
    open: async () => (await api<Task[]>('?status=pending&sort_by=due_date,title')).map(show),
    rename: ({ id }, title) => api<unknown>(`/${id}`, 'PUT', { title, due_date: '' }),
    toggle: ({ id }) => api<unknown>(`/${id}/complete`, 'PATCH'),
    remove: ({ id }) => api<void>(`/${id}`, 'DELETE'),
  };
};
