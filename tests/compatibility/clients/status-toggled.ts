import { anApi, type Connect, type Shown } from '../front-end.ts';

interface Task {
  id: number;
  title: string;
  status: string;
}

/** Toggles without saying how, and reads `status` in words of its own. */
const connectWith =
  (open: string, done: string): Connect =>
  (session) => {
    const show = ({ id, title, status }: Task): Shown => ({ id, title, done: status === done, details: status });
    const api = anApi(session);
    return {
      add: async (title) => show(await api<Task>('', 'POST', { title })),
      list: async () => (await api<Task[]>('')).map(show),
      open: async () => (await api<Task[]>(`?status=${open}&sort=title`)).map(show),
      rename: ({ id }, title) => api<unknown>(`/${id}`, 'PUT', { title }),
      toggle: ({ id }) => api<unknown>(`/${id}/complete`, 'PATCH'),
      remove: ({ id }) => api<void>(`/${id}`, 'DELETE'),
    };
  };

/** Reads `status` as todo or done. */
export const statusTodoDone = connectWith('todo', 'done');

/** Reads `status` as pending or done. */
export const statusPendingDone = connectWith('pending', 'done');

/** Reads `status` as PENDING or COMPLETED. */
export const statusUpper = connectWith('PENDING', 'COMPLETED');

/** Reads `status` as TODO or DONE. */
export const statusUpperTodo = connectWith('TODO', 'DONE');
