import type { Connect, Shown } from '../front-end.ts';

interface Task {
  id: number;
  title: string;
  completed: boolean;
}

const view = (task: Task): Shown => ({ id: task.id, title: task.title, done: task.completed });

/** Reads `{task}` for one task, and `{tasks}` for the list. */
export const wrappedTask: Connect = ({ server, userId, token }) => {
  const run = async (path: string, method: string, body?: object) => {
    const response = await fetch(`${server}/api/${userId}/tasks${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const json = response.status === 204 ? {} : ((await response.json()) as Record<string, unknown>);
    if (!response.ok) throw new Error(String(json.detail));
    return json as { task: Task; tasks: Task[] };
  };
  return {
    add: async (title) => view((await run('', 'POST', { title })).task),
    list: async () => (await run('', 'GET')).tasks.map(view),
    open: async () => (await run('?status=pending&sort=title', 'GET')).tasks.map(view),
    rename: async ({ id }, title) => view((await run(`/${id}`, 'PUT', { title })).task),
    toggle: async ({ id }) => view((await run(`/${id}/complete`, 'PATCH')).task),
    remove: ({ id }) => run(`/${id}`, 'DELETE'),
  };
};
