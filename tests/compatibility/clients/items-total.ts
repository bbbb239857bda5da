import type { Connect } from '../front-end.ts';

interface Todo {
  id: number;
  title: string;
  completed: boolean;
}
interface Page {
  items: Todo[];
  total: number;
}

/** Reads `{items, total}` page by page on `/api/v1/todos/`, with bare todos. */
export const itemsTotal: Connect = ({ server, token }) => {
  const base = `${server}/api/v1/todos/`;
  const fetchJson = async (url: string, options: RequestInit = {}): Promise<unknown> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const response = await fetch(url, { ...options, headers });
    if (response.status === 204) return {};
    const json = (await response.json()) as { detail?: string };
    if (!response.ok) throw new Error(json.detail ?? 'Unknown error');
    return json;
  };
  const pages = async (query: string) => {
    const todos: Todo[] = [];
    for (let page = 1; ; page += 1) {
      const { items, total } = (await fetchJson(`${base}?page=${page}&page_size=2${query}`)) as Page;
      todos.push(...items);
      if (items.length === 0 || todos.length >= total) return todos.map((t) => ({ ...t, done: t.completed }));
    }
  };
  const post = (title: string) => fetchJson(base, { method: 'POST', body: JSON.stringify({ title }) });
  const patch = (id: number | string, change: object) =>
    fetchJson(`${base}${id}`, { method: 'PATCH', body: JSON.stringify(change) });
  return {
    add: async (title) => ({ ...((await post(title)) as Todo), done: false }),
    list: () => pages(''),
    open: () => pages('&completed=false&sort_by=title&order=asc'),
    rename: ({ id }, title) => patch(id, { title }),
    toggle: ({ id, done }) => patch(id, { completed: !done }),
    remove: ({ id }) => fetchJson(`${base}${id}`, { method: 'DELETE' }),
  };
};
