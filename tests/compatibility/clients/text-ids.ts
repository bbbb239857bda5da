import { anApi, type Connect, type Shown } from '../front-end.ts';

interface Task {
  id: string;
  title: string;
  completed: boolean;
}

const show = ({ id, title, completed }: Task): Shown => ({ id, title, done: completed, details: `#${id.slice(0, 8)}` });

/** Has ids in URLs, compares them as texts, and sends the whole task back. */
export const textIds: Connect = (session) => {
  const api = anApi(session);
  const change = async (shown: Shown, changes: object) => {
    const params = { id: `${shown.id}` };
    const task = (await api<Task[]>('')).find(({ id }) => id === params.id);
    if (task === undefined) throw new Error('Task not found');
    await api<Task>(`/${params.id}`, 'PUT', { ...task, ...changes });
  };
  return {
    add: async (title) => show(await api<Task>('', 'POST', { title })),
    list: async () => (await api<Task[]>('')).map(show),
    open: async () => (await api<Task[]>('?status=pending&sort=title')).map(show),
    rename: (task, title) => change(task, { title }),
    toggle: (task) => change(task, { completed: !task.done }),
    remove: ({ id }) => api<void>(`/${id}`, 'DELETE'),
  };
};
