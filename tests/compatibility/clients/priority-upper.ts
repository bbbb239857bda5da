import { anApi, type Connect, type Shown } from '../front-end.ts';

interface Task {
  id: number;
  title: string;
  completed: boolean;
  priority: string | null;
}

const colours: Record<string, string> = { HIGH: 'red', MEDIUM: 'amber', LOW: 'green' };

const show = ({ id, title, completed, priority }: Task): Shown => ({
  id,
  title,
  done: completed,
  details: colours[(priority ?? 'LOW').toUpperCase()] ?? 'grey',
});

/** Offers LOW, MEDIUM and HIGH, and colours a task by the word in capitals. */
export const priorityUpper: Connect = (session) => {
  const api = anApi(session);
  return {
    add: async (title) => show(await api<Task>('', 'POST', { title, priority: 'HIGH' })),
    list: async () => (await api<Task[]>('')).map(show),
    open: async () => (await api<Task[]>('?status=PENDING&priority=HIGH&sort_by=title')).map(show),
    rename: ({ id }, title) => api<unknown>(`/${id}`, 'PUT', { title }),
    toggle: ({ id }) => api<unknown>(`/${id}/complete`, 'PATCH'),
    remove: ({ id }) => api<void>(`/${id}`, 'DELETE'),
  };
};
