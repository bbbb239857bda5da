import type { Connect, Shown } from '../front-end.ts';

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
export const camelCase: Connect = ({ server, userId, token }) => {
  const api = async <T>(path: string, method = 'GET', body?: object): Promise<T> => {
    const response = await fetch(`${server}/api/${userId}/tasks${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, ...(body && { 'Content-Type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (response.status === 204) return undefined as T;
    const json = await response.json();
    if (!response.ok) throw new Error((json as { detail: string }).detail);
    return json as T;
  };
  return {
    add: async (title) => show(await api<Task>('', 'POST', { title, dueDate: '2026-12-01' })),
    list: async () => (await api<Task[]>('')).map(show),
    open: async () => (await api<Task[]>('?status=pending&sortBy=title&sortOrder=asc')).map(show),
    rename: ({ id }, title) => api<unknown>(`/${id}`, 'PUT', { title }),
    toggle: ({ id }) => api<unknown>(`/${id}/complete`, 'PATCH'),
    remove: ({ id }) => api<void>(`/${id}`, 'DELETE'),
  };
};
