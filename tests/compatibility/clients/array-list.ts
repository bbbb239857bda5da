import type { Connect, Shown } from '../front-end.ts';

interface Task {
  id: number;
  title: string;
  completed: boolean;
}

const show = ({ id, title, completed }: Task): Shown => ({ id, title, done: completed });

/** Reads an array on the path of the user, and toggles without a body. */
export const arrayList: Connect = ({ server, userId, token }) => {
  const api = async (path: string, method = 'GET', body?: object) => {
    const res = await fetch(`${server}/api/${userId}/tasks${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!res.ok) throw new Error(((await res.json()) as { detail: string }).detail);
    return res.status === 204 ? null : res.json();
  };
  return {
    add: async (title) => show((await api('', 'POST', { title, description: '' })) as Task),
    list: async () => ((await api('')) as Task[]).map(show),
    open: async () => ((await api('?status=pending&sort=title')) as Task[]).map(show),
    rename: ({ id }, title) => api(`/${id}`, 'PUT', { title }),
    toggle: ({ id }) => api(`/${id}/complete`, 'PATCH'),
    remove: ({ id }) => api(`/${id}`, 'DELETE'),
  };
};
