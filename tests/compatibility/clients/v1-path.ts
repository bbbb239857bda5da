import type { Connect, Shown } from '../front-end.ts';

interface Task {
  id: number;
  title: string;
  completed: boolean;
}

const card = ({ id, title, completed }: Task): Shown => ({ id, title, done: completed });

/** Calls `/api/v1/tasks`, and has paths of its own to search and to toggle. */
export const v1Path: Connect = ({ server, token }) => {
  const tasksApi = async <T>(path: string, { method = 'GET', body }: { method?: string; body?: object } = {}) => {
    const headers: Record<string, string> = { Authorization: `Bearer ${token}` };
    if (body) headers['Content-Type'] = 'application/json';
    const reply = await fetch(`${server}/api/v1/tasks${path}`, {
      method,
      headers,
      body: body ? JSON.stringify(body) : null,
    });
    if (!reply.ok) throw new Error(((await reply.json()) as { detail: string }).detail);
    return (reply.status === 204 ? null : await reply.json()) as T;
  };
  return {
    add: async (title) => card(await tasksApi<Task>('', { method: 'POST', body: { title } })),
    // An empty search box is sent, too.
    list: async () => (await tasksApi<Task[]>('?search=&limit=50&skip=0')).map(card),
    open: async () => (await tasksApi<Task[]>('/search?q=i&status=pending&sort=title')).map(card),
    rename: ({ id }, title) => tasksApi(`/${id}`, { method: 'PATCH', body: { title } }),
    toggle: ({ id }) => tasksApi(`/${id}/toggle`, { method: 'PATCH' }),
    remove: ({ id }) => tasksApi(`/${id}`, { method: 'DELETE' }),
  };
};
