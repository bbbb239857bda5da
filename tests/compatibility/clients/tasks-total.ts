import type { Connect } from '../front-end.ts';

interface TaskItem {
  id: number;
  title: string;
  completed: boolean;
}

/** Reads `{tasks, total}`, and says below its list how many there are. */
export const tasksTotal: Connect = ({ server, userId, token }) => {
  const url = `${server}/api/${userId}/tasks`;
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  const send = async (path: string, method: string, data?: unknown) => {
    const response = await fetch(url + path, { method, headers, body: data ? JSON.stringify(data) : null });
    const isJson = response.headers.get('content-type')?.includes('json');
    const body = isJson ? ((await response.json()) as Record<string, unknown>) : {};
    if (!response.ok) throw new Error(String(body.detail ?? 'The request failed'));
    return body;
  };
  const load = async (query = '') => {
    const { tasks, total } = (await send(query, 'GET')) as unknown as { tasks: TaskItem[]; total: number };
    return tasks.map(({ id, title, completed }) => ({ id, title, done: completed, details: `of ${total}` }));
  };
  return {
    async add(title) {
      const { id, completed } = (await send('', 'POST', { title })) as unknown as TaskItem;
      return { id, title, done: completed, details: 'of 1' };
    },
    list: () => load(),
    open: () => load('?status=Pending&sortBy=title&order=asc'),
    rename: ({ id }, title) => send(`/${id}`, 'PUT', { title }),
    toggle: ({ id, done }) => send(`/${id}/complete`, 'PATCH', { completed: !done }),
    remove: ({ id }) => send(`/${id}`, 'DELETE'),
  };
};
