import type { Connect, Shown } from '../front-end.ts';

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
export const priorityCritical: Connect = ({ server, userId, token }) => {
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
    add: async (title) => show(await api<Task>('', 'POST', { title, priority: 'Critical' })),
    list: async () => (await api<Task[]>('')).map(show),
    open: async () => (await api<Task[]>('?status=Pending&sort_by=title&order=ASC')).map(show),
    rename: ({ id }, title) => api<unknown>(`/${id}`, 'PUT', { title, priority: 'none' }),
    toggle: ({ id }) => api<unknown>(`/${id}/complete`, 'PATCH'),
    remove: ({ id }) => api<void>(`/${id}`, 'DELETE'),
  };
};
