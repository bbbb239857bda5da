import { anApi, type Connect, type Shown } from '../front-end.ts';

interface Task {
  id: number;
  title: string;
  completed: boolean;
  category: string;
  project_id: number;
  subtasks: { title: string; done: boolean }[];
}

const show = ({ id, title, completed, ...task }: Task): Shown => ({
  id,
  title,
  done: completed,
  details: `${task.category} ${task.project_id} ${task.subtasks.map((one) => one.title).join()}`,
});

/** Sends and reads a category, a project and subtasks, which it expects to be kept. */
export const extraFields: Connect = (session) => {
  const api = anApi(session);
  return {
    add: async (title) =>
      show(
        await api<Task>('', 'POST', {
          title,
          category: 'Work',
          project_id: 3,
          subtasks: [{ title: 'first', done: false }],
        }),
      ),
    list: async () => (await api<Task[]>('')).map(show),
    open: async () => (await api<Task[]>('?status=pending&sort=title')).map(show),
    rename: ({ id }, title) => api<unknown>(`/${id}`, 'PUT', { title }),
    toggle: ({ id }) => api<unknown>(`/${id}/complete`, 'PATCH'),
    remove: ({ id }) => api<void>(`/${id}`, 'DELETE'),
  };
};
