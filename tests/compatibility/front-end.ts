/** Where a front end finds its backend, and who is logged in. */
export interface Session {
  /** The server's URL, without a slash at its end. */
  readonly server: string;
  readonly userId: string;
  readonly token: string;
}

/** A task as a front end's components show it. */
export interface Shown {
  readonly id: number | string;
  readonly title: string;
  readonly done: boolean;
  /** What else they show of it. */
  readonly details?: string;
}

/** What people do with a front end. Each rejects with an Error whose message is shown to them. */
export interface FrontEnd {
  add(title: string): Promise<Shown>;
  list(): Promise<readonly Shown[]>;
  /** Lists open tasks by title, with the filter and the sort that it has. */
  open(): Promise<readonly Shown[]>;
  rename(task: Shown, title: string): Promise<unknown>;
  toggle(task: Shown): Promise<unknown>;
  remove(task: Shown): Promise<unknown>;
}

/** Makes a front end for a user. */
export type Connect = (session: Session) => FrontEnd;

const detailOf = (json: Readonly<Record<string, string>>): string | undefined => json.detail;

/** Sends requests to a user's tasks as most front ends do. @param sentenceOf returns what is shown of an error */
export const anApi =
  ({ server, userId, token }: Session, sentenceOf = detailOf) =>
  async <T>(path: string, method = 'GET', body?: object): Promise<T> => {
    const response = await fetch(`${server}/api/${userId}/tasks${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, ...(body && { 'Content-Type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (response.status === 204) return undefined as T;
    const json = await response.json();
    if (!response.ok) throw new Error(sentenceOf(json as Record<string, string>));
    return json as T;
  };
