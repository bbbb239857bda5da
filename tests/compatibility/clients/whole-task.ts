import { anApi, type Connect, type Shown } from '../front-end.ts';

interface Task {
  id: number;
  title: string;
  completed: boolean;
  [field: string]: unknown;
}

const show = (task: Task): Shown => ({ id: task.id, title: task.title, done: task.completed });

/** Sends the whole task back in every update, as it came and was changed. */
export const wholeTask: Connect = (session) => {
  const api = anApi(session);
  const put = async (id: number | string, change: (task: Task) => object) => {
    const task = await api<Task>(`/${id}`);
    return api<Task>(`/${id}`, 'PUT', { ...task, ...change(task) });
  };
  return {
    add: async (title) => show(await api<Task>('', 'POST', { title })),
    list: async () => (await api<Task[]>('')).map(show),
    open: async () => (await api<Task[]>('?status=pending&sort=title')).map(show),
    rename: ({ id }, title) => put(id, () => ({ title })),
    toggle: ({ id }) => put(id, (task) => ({ completed: !task.completed })),
    remove: ({ id }) => api<void>(`/${id}`, 'DELETE'),
  };
};
