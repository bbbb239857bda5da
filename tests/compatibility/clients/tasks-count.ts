import type { Connect } from '../front-end.ts';

interface TaskItem {
  id: number;
  title: string;
  completed: boolean;
}

/** Reads `{tasks}` and the number of all of them, and says how many there are. @param open the query for open tasks by title */
const tasksAnd =
  (number: 'count' | 'total', open: string): Connect =>
  ({ server, userId, token }) => {
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
      const { tasks, [number]: all } = (await send(query, 'GET')) as unknown as Record<typeof number, number> & {
        tasks: TaskItem[];
      };
      return tasks.map(({ id, title, completed }) => ({ id, title, done: completed, details: `of ${all}` }));
    };
    return {
      async add(title) {
        const { id, completed } = (await send('', 'POST', { title })) as unknown as TaskItem;
        return { id, title, done: completed, details: 'of 1' };
      },
      list: () => load(),
      open: () => load(open),
      rename: ({ id }, title) => send(`/${id}`, 'PUT', { title }),
      toggle: ({ id, done }) => send(`/${id}/complete`, 'PATCH', { completed: !done }),
      remove: ({ id }) => send(`/${id}`, 'DELETE'),
    };
  };

/** Reads `{tasks, count}`. */
export const tasksCount = tasksAnd('count', '?status=active&sort=title:asc');

/** Reads `{tasks, total}`. */
export const tasksTotal = tasksAnd('total', '?status=Pending&sortBy=title&order=asc');
