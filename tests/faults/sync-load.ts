import { setTimeout as wait } from 'node:timers/promises';
import { aUser } from '../support/builders.ts';
import { aToken } from '../support/http/tokens.ts';

interface Stored {
  readonly id: number;
  readonly title: string;
  readonly completed: boolean;
  readonly revision: number;
}

type Change =
  | { readonly op: 'put'; readonly task: Stored }
  | { readonly op: 'delete'; readonly id: number; readonly revision: number };

interface ChangePage {
  readonly data: readonly Change[];
  readonly meta: { readonly cursor: string; readonly has_more: boolean };
}

const patienceMilliseconds = 120_000;
const batchSize = 50;

/** One user whose tasks several clients write, and one keeps a copy of by asking for changes. */
export const syncLoad = (url: () => string, writers: number) => {
  const token = aToken({ sub: aUser() });
  let isWriting = true;
  let changes = 0;

  const request = async (method: string, path: string, body?: object): Promise<Response> => {
    for (const deadline = Date.now() + patienceMilliseconds; ; await wait(20)) {
      const response = await fetch(`${url()}/api/tasks${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
      }).catch(() => undefined);
      // While the server is gone, or overloaded, nothing is lost by asking again: who writes twice makes another change.
      if (response !== undefined && response.status < 500 && response.status !== 429) return response;
      await response?.body?.cancel();
      if (Date.now() > deadline) throw new Error(`${method} ${path} was not answered in ${patienceMilliseconds} ms`);
    }
  };

  const some = <T>(values: readonly T[]): T | undefined => values[Math.floor(Math.random() * values.length)];

  /** Writes in every way there is: one at a time, in batches, deletions, restorations, undo. */
  const write = async (): Promise<void> => {
    const mine: number[] = [];
    const gone: number[] = [];
    for (let n = 0; isWriting; n += 1) {
      const operations: object[] = Array.from({ length: batchSize }, (_, index) => ({
        op: 'create',
        title: `${n}.${index}`,
      }));
      for (const id of mine.splice(0, batchSize / 2)) {
        operations.push({ op: 'update', id, title: `${n} again` }, { op: 'complete', id });
      }
      const batch = await request('POST', '/batch', { operations: operations.slice(0, 100), atomic: false });
      const { data } = (await batch.json()) as { data: { results: { status: number; task?: Stored }[] } };
      const written = data.results.flatMap(({ task }) => task ?? []);
      changes += written.length;
      mine.push(...new Set(written.map(({ id }) => id)));
      const removed = some(mine);
      if (removed !== undefined) {
        const { status } = await request('DELETE', `/${removed}`);
        if (status === 200) [changes] = [changes + 1, gone.push(removed)];
      }
      const back = n % 3 === 0 ? gone.pop() : undefined;
      if (back !== undefined && (await request('POST', `/${back}/restore`)).status === 200) changes += 1;
      const last = written.at(-1);
      if (n % 5 === 0 && last && (await request('POST', `/changes/${last.revision}/undo`)).status === 200)
        changes += written.length;
    }
  };

  /** The copy that the client keeps, and what it got wrong. */
  const copy = new Map<number, Stored>();
  const faults: string[] = [];
  let cursor: string | undefined;
  let isSnapshot = true;
  let latest = 0;
  let pages = 0;

  const take = (change: Change): void => {
    const revision = change.op === 'put' ? change.task.revision : change.revision;
    if (revision <= latest) faults.push(`revision ${revision} came after ${latest}`);
    latest = revision;
    if (change.op === 'put') copy.set(change.task.id, change.task);
    else copy.delete(change.id);
  };

  /** Asks for one page. @returns whether there are more */
  const step = async (): Promise<boolean> => {
    const since = cursor === undefined ? '' : `&since=${cursor}`;
    const response = await request('GET', `/changes?limit=500${since}`);
    if (response.status !== 200)
      throw new Error(`changes were answered with ${response.status}: ${await response.text()}`);
    const { data, meta } = (await response.json()) as ChangePage;
    // A snapshot is in the order of ids.
    if (isSnapshot) for (const change of data) if (change.op === 'put') copy.set(change.task.id, change.task);
    if (!isSnapshot) for (const change of data) take(change);
    isSnapshot &&= meta.has_more;
    cursor = meta.cursor;
    pages += 1;
    return meta.has_more;
  };

  const workers = Promise.all(Array.from({ length: writers }, write));
  workers.catch(() => {});

  return {
    /** How many changes were acknowledged. */
    changes: () => changes,
    pages: () => pages,
    /** Waits for some of so many changes, and follows until all were made: the first pages are of all tasks, while they change. */
    async follow(upTo: number): Promise<void> {
      while (changes < upTo / 4) await wait(5);
      while (changes < upTo) if (!(await step())) await wait(5);
    },
    /** Stops the writers, follows to the end, and compares the copy with what is stored. @returns every difference */
    async differences(): Promise<string[]> {
      isWriting = false;
      await workers;
      while (await step());
      const found = [...faults];
      const rest = new Map(copy);
      for (let path: string | undefined = '?limit=500'; path !== undefined; ) {
        const { data, meta } = (await (await request('GET', path)).json()) as {
          data: Stored[];
          meta: { next_cursor: string | null };
        };
        for (const task of data) {
          if (JSON.stringify(copy.get(task.id)) !== JSON.stringify(task)) found.push(`task ${task.id} differs`);
          rest.delete(task.id);
        }
        path = meta.next_cursor === null ? undefined : `?limit=500&cursor=${meta.next_cursor}`;
      }
      return [...found, ...[...rest.keys()].map((id) => `task ${id} does not exist`)];
    },
  };
};
