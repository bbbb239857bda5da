import type { Connect, Session, Shown } from '../front-end.ts';

interface Task {
  id: number;
  title: string;
  completed: boolean;
}

const show = ({ id, title, completed }: Task): Shown => ({ id, title, done: completed });

/** Reads a body only where its type is `application/json`. */
const jsonOf = async <T>(response: Response): Promise<T> => {
  const isJson = response.headers.get('content-type')?.includes('application/json');
  const body: unknown = isJson ? await response.json() : undefined;
  if (!response.ok) throw new Error((body as { detail?: string })?.detail ?? `HTTP ${response.status}`);
  return body as T;
};

const connectAt =
  (pathOf: (session: Session) => string): Connect =>
  (session) => {
    const call = async <T>(path: string, method = 'GET', body?: object) =>
      jsonOf<T>(
        await fetch(`${session.server}${pathOf(session)}${path}`, {
          method,
          headers: { Authorization: `Bearer ${session.token}`, 'Content-Type': 'application/json' },
          ...(body && { body: JSON.stringify(body) }),
        }),
      );
    return {
      add: async (title) => show(await call<Task>('', 'POST', { title })),
      list: async () => (await call<Task[]>('')).map(show),
      open: async () => (await call<Task[]>('?status=pending&sort=title')).map(show),
      rename: ({ id }, title) => call(`/${id}`, 'PUT', { title }),
      toggle: ({ id, done }) => call(`/${id}`, 'PATCH', { completed: !done }),
      remove: ({ id }) => call(`/${id}`, 'DELETE'),
    };
  };

/** Reads errors in `application/json` only, on `/api/{user_id}/tasks`. */
export const errorJson = connectAt(({ userId }) => `/api/${userId}/tasks`);

/** Reads errors in `application/json` only, and bare tasks on `/api/tasks`. */
export const errorJsonBare = connectAt(() => '/api/tasks');
