import type { Connect, Shown } from '../front-end.ts';

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
export const dueDatetime: Connect = ({ server, userId, token }) => {
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
    add: async (title) =>
      show(await api<Task>('', 'POST', { title, due_datetime: new Date(Date.UTC(2026, 11, 1)).toISOString() })),
    list: async () => (await api<Task[]>('')).map(show),
    open: async () => (await api<Task[]>('?status=active&sort=due_date,title')).map(show),
    rename: ({ id }, title) => api<unknown>(`/${id}`, 'PUT', { title }),
    toggle: ({ id }) => api<unknown>(`/${id}/complete`, 'PATCH'),
    remove: ({ id }) => api<void>(`/${id}`, 'DELETE'),
  };
};
