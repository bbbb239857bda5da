import type { Connect, Shown } from '../front-end.ts';

interface Todo {
  id: number;
  title: string;
  completed: boolean;
}

const asShown = (todo: Todo): Shown => ({ id: todo.id, title: todo.title, done: todo.completed });

/** Reads bare tasks on `/api/tasks`, as most generated FastAPI backends send them, and shows `detail`. */
export const bareTask: Connect = ({ server, token }) => {
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };

  async function call<T>(path: string, init: RequestInit = {}): Promise<T> {
    const res = await fetch(`${server}/api/tasks${path}`, { headers, ...init });
    if (!res.ok) {
      const error = (await res.json().catch(() => ({}))) as { detail?: string };
      throw new Error(error.detail || `HTTP error ${res.status}`);
    }
    return (res.status === 204 ? undefined : await res.json()) as T;
  }

  return {
    async add(title) {
      return asShown(await call<Todo>('/', { method: 'POST', body: JSON.stringify({ title }) }));
    },
    async list() {
      return (await call<Todo[]>('/')).map(asShown);
    },
    async open() {
      const query = new URLSearchParams({ status_filter: 'pending', sort_by: 'title', sort_order: 'asc' });
      return (await call<Todo[]>(`/?${query}`)).map(asShown);
    },
    rename: ({ id }, title) => call(`/${id}`, { method: 'PUT', body: JSON.stringify({ title }) }),
    toggle: ({ id, done }) => call(`/${id}`, { method: 'PUT', body: JSON.stringify({ completed: !done }) }),
    remove: ({ id }) => call(`/${id}`, { method: 'DELETE' }),
  };
};
