import type { Connect, Shown } from '../front-end.ts';

interface Envelope<T> {
  success: boolean;
  data: T;
  error?: string;
}
interface Task {
  id: number;
  title: string;
  completed: boolean;
}

const toShown = (task: Task): Shown => ({ id: task.id, title: task.title, done: task.completed });

/** Reads `{success, data: {tasks}}` for the list, and `{success, data}` for one task. */
export const dataTasks: Connect = ({ server, token }) => {
  const request = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const response = await fetch(`${server}/api/tasks${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, ...(body && { 'Content-Type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const envelope = (await response.json()) as Envelope<T>;
    if (!envelope.success) throw new Error(envelope.error);
    return envelope.data;
  };
  const tasksAt = async (path: string) => (await request<{ tasks: Task[] }>('GET', path)).tasks.map(toShown);
  return {
    add: async (title) => toShown(await request<Task>('POST', '', { title })),
    list: () => tasksAt(''),
    open: () => tasksAt('?status=incomplete&sort=title&order=asc'),
    rename: ({ id }, title) => request('PUT', `/${id}`, { title }),
    toggle: ({ id }) => request('PATCH', `/${id}/complete`),
    remove: ({ id }) => request('DELETE', `/${id}`),
  };
};
