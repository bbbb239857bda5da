import type { Connect } from '../front-end.ts';

interface Task {
  id: number;
  title: string;
  completed: boolean;
}
interface Body<T> {
  data: T;
  meta?: { total?: number };
  error?: string;
}

/** Reads `data` and `meta.total` of `{status, data, meta}`. It looks at the status of HTTP, not at that of the body. */
export const dataMeta: Connect = ({ server, token }) => {
  const http = async <T>(path: string, init: RequestInit = {}): Promise<Body<T>> => {
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
    const response = await fetch(`${server}/api/tasks${path}`, { ...init, headers });
    const body = (await response.json()) as Body<T>;
    if (!response.ok) throw new Error(body.error);
    return body;
  };
  const rows = async (query: string) => {
    const { data, meta } = await http<Task[]>(`?count=true${query}`);
    return data.map(({ id, title, completed }) => ({ id, title, done: completed, details: `of ${meta?.total}` }));
  };
  return {
    async add(title) {
      const { data } = await http<Task>('', { method: 'POST', body: JSON.stringify({ title }) });
      return { id: data.id, title: data.title, done: data.completed, details: 'of 1' };
    },
    list: () => rows(''),
    open: () => rows('&status=pending&sort=title_asc'),
    rename: ({ id }, title) => http(`/${id}`, { method: 'PATCH', body: JSON.stringify({ title }) }),
    toggle: ({ id }) => http(`/${id}/complete`, { method: 'PATCH', body: '{}' }),
    remove: ({ id }) => http(`/${id}`, { method: 'DELETE' }),
  };
};
