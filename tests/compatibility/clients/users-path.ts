import type { Connect, Shown } from '../front-end.ts';

interface Task {
  id: number;
  title: string;
  completed: boolean;
}

const shown = (task: Task): Shown => ({ id: task.id, title: task.title, done: task.completed });

/** Has the user under `/api/users/`, a path of its own for filters, and one for the status. */
export const usersPath: Connect = ({ server, userId, token }) => {
  const root = `${server}/api/users/${userId}/tasks`;
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  const ask = async <T>(path: string, method = 'GET', body?: object): Promise<T> => {
    const response = await fetch(root + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    if (response.status === 204) return undefined as T;
    const json = await response.json();
    if (!response.ok) throw new Error((json as { detail: string }).detail);
    return json as T;
  };
  return {
    add: async (title) => shown(await ask<Task>('', 'POST', { title })),
    list: async () => (await ask<Task[]>('')).map(shown),
    open: async () => (await ask<Task[]>('/filtered?status=pending&sort_by=title&sort_order=asc')).map(shown),
    rename: ({ id }, title) => ask(`/${id}`, 'PUT', { title }),
    toggle: ({ id, done }) => ask(`/${id}/status`, 'PATCH', { status: done ? 'pending' : 'completed' }),
    remove: ({ id }) => ask(`/${id}`, 'DELETE'),
  };
};
