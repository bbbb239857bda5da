import type { Connect, Shown } from '../front-end.ts';

interface Task {
  id: number;
  title: string;
  is_completed: boolean;
}

const show = ({ id, title, is_completed }: Task): Shown => ({ id, title, done: is_completed });

/** Sends and reads `is_completed`. */
export const isCompleted: Connect = ({ server, userId, token }) => {
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
    add: async (title) => show(await api<Task>('', 'POST', { title, is_completed: false })),
    list: async () => (await api<Task[]>('')).map(show),
    open: async () => (await api<Task[]>('?is_completed=false&sort_by=title')).map(show),
    rename: ({ id }, title) => api<unknown>(`/${id}`, 'PUT', { title }),
    toggle: ({ id, done }) => api<unknown>(`/${id}`, 'PUT', { is_completed: !done }),
    remove: ({ id }) => api<void>(`/${id}`, 'DELETE'),
  };
};
