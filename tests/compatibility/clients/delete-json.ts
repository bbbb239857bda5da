import type { Connect, Shown } from '../front-end.ts';

interface Task {
  id: number;
  title: string;
  completed: boolean;
}

const line = (task: Task): Shown => ({ id: task.id, title: task.title, done: task.completed });

/** Parses JSON of every response, that of DELETE too, and toggles by a query parameter. */
export const deleteJson: Connect = ({ server, userId, token }) => {
  const json = async <T>(path: string, method = 'GET', body?: object): Promise<T> => {
    const response = await fetch(`${server}/api/${userId}/tasks${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, ...(body && { 'Content-Type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const data = await response.json();
    if (!response.ok) throw new Error((data as { detail: string }).detail);
    return data as T;
  };
  return {
    add: async (title) => line(await json<Task>('', 'POST', { title })),
    list: async () => (await json<Task[]>('')).map(line),
    open: async () => (await json<Task[]>('?completed=false&sort_by=title')).map(line),
    rename: ({ id }, title) => json(`/${id}`, 'PUT', { title }),
    toggle: ({ id, done }) => json(`/${id}/complete?completed=${!done}`, 'PATCH'),
    remove: ({ id }) => json(`/${id}`, 'DELETE'),
  };
};
