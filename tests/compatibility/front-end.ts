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
