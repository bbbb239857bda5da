import { anApi, type Connect, type Shown } from '../front-end.ts';

interface Task {
  id: number;
  title: string;
  completed: boolean;
  userId: string;
  createdAt: string;
  updatedAt: string;
  dueDate: string | null;
}

const show = ({ id, title, completed, ...task }: Task): Shown => {
  if (Number.isNaN(Date.parse(task.createdAt)) || Number.isNaN(Date.parse(task.updatedAt)))
    throw new Error('Invalid Date');
  return {
    id,
    title,
    done: completed,
    details: `${task.dueDate} of ${task.userId === '' ? 'nobody' : typeof task.userId}`,
  };
};

/** Sends and reads names in camel case, and shows when a task was made and by whom. */
export const camelCase: Connect = (session) => {
  const api = anApi(session);
  return {
    add: async (title) => show(await api<Task>('', 'POST', { title, dueDate: '2026-12-01' })),
    list: async () => (await api<Task[]>('')).map(show),
    open: async () => (await api<Task[]>('?status=pending&sortBy=title&sortOrder=asc')).map(show),
    rename: ({ id }, title) => api<unknown>(`/${id}`, 'PUT', { title }),
    toggle: ({ id }) => api<unknown>(`/${id}/complete`, 'PATCH'),
    remove: ({ id }) => api<void>(`/${id}`, 'DELETE'),
  };
};
