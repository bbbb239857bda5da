import type { TaskPosition, TaskQuery, TaskRepository } from '@taskward/application';
import { Task, taskNotFound, type UserId } from '@taskward/domain';

interface Shelf {
  lastTaskId: number;
  revision: number;
  readonly tasks: Map<number, Task>;
}

const byCodePoint = (a: string, b: string): number => {
  const left = Array.from(a, (character) => character.codePointAt(0) as number);
  const right = Array.from(b, (character) => character.codePointAt(0) as number);
  const differs = left.findIndex((point, index) => point !== right[index]);
  if (differs === -1) return left.length - right.length;
  return differs < right.length ? (left[differs] as number) - (right[differs] as number) : 1;
};

const fold = (text: string): string => text.toLowerCase().replaceAll('ς', 'σ');

const sortValue = (task: Task, sort: TaskQuery['sort']): string =>
  sort === 'title' ? task.title : sort === 'created_at' ? task.createdAt : task.updatedAt;

const compare = (a: TaskPosition, b: TaskPosition, { sort, order }: TaskQuery): number => {
  const key = ({ value }: TaskPosition) => (sort === 'title' ? fold(value) : value);
  const ascending = byCodePoint(key(a), key(b)) || a.id - b.id;
  return order === 'asc' ? ascending : -ascending;
};

const matches = (task: Task, { status, search }: TaskQuery): boolean => {
  if (status !== 'all' && task.completed !== (status === 'completed')) return false;
  if (search === undefined) return true;
  const found = (text: string | null) => text !== null && fold(text).includes(fold(search));
  return found(task.title) || found(task.description);
};

/** The task repository in memory: what the contract suite and the HTTP tests run against besides PostgreSQL. */
export const makeMemoryTaskRepository = (): TaskRepository => {
  const shelves = new Map<UserId, Shelf>();

  const shelfOf = (owner: UserId): Shelf => {
    const shelf = shelves.get(owner) ?? { lastTaskId: 0, revision: 0, tasks: new Map() };
    shelves.set(owner, shelf);
    return shelf;
  };

  const get = (owner: UserId, id: number): Task => {
    const task = shelves.get(owner)?.tasks.get(id);
    if (task === undefined) throw taskNotFound(id);
    // A copy: what a caller does to it must not reach the shelf.
    return Task.restore(task);
  };

  return {
    async add(draft) {
      const shelf = shelfOf(draft.owner);
      shelf.lastTaskId += 1;
      shelf.revision += 1;
      const task = Task.restore({ ...draft, id: shelf.lastTaskId, revision: shelf.revision });
      shelf.tasks.set(task.id, task);
      return Task.restore(task);
    },

    async get(owner, id) {
      return get(owner, id);
    },

    async list(owner, query) {
      const all = [...(shelves.get(owner)?.tasks.values() ?? [])].filter((task) => matches(task, query));
      const place = (task: Task) => ({ value: sortValue(task, query.sort), id: task.id });
      const { after } = query;
      const rest = all
        .sort((a, b) => compare(place(a), place(b), query))
        .filter((task) => after === undefined || compare(place(task), after, query) > 0)
        .slice(query.offset);
      const tasks = rest.slice(0, query.limit).map((task) => Task.restore(task));
      const last = rest.length > query.limit ? tasks.at(-1) : undefined;
      return { tasks, ...(last && { next: place(last) }), ...(query.count && { total: all.length }) };
    },

    async update(owner, id, change) {
      const before = get(owner, id);
      const after = change(before);
      if (after === before) return before;
      const shelf = shelfOf(owner);
      shelf.revision += 1;
      const stored = after.revise(shelf.revision);
      shelf.tasks.set(id, stored);
      return Task.restore(stored);
    },

    async remove(owner, id) {
      get(owner, id);
      const shelf = shelfOf(owner);
      shelf.tasks.delete(id);
      shelf.revision += 1;
    },
  };
};
