import { isDeepStrictEqual } from 'node:util';
import { expectedTask, type Size } from './data.ts';
import { collectionOf, newestOf, pendingOf, type Server } from './peers.ts';
import { BenchError } from './processes.ts';
import { signedIn, userId, wrongTokenOf } from './users.ts';

interface Task {
  readonly id: number;
  readonly user_id: string;
  readonly title: string;
  readonly description: string | null;
  readonly completed: boolean;
  readonly priority: string | null;
  readonly tags: readonly string[];
  readonly due_at: string | null;
  readonly completed_at: string | null;
  readonly created_at: string;
}

type Call = (method: string, path: string, more?: { body?: object; token?: string }) => Promise<Response>;

const checkedUser = 3;
const pageLength = 20;

const idOf = (server: Pick<Server, 'peer'>, n: number, { users }: Size): number =>
  server.peer.ids === 'own' ? n : (n - 1) * users + checkedUser;

const shown = (value: unknown) => {
  const text = JSON.stringify(value);
  return text.length > 300 ? `${text.slice(0, 300)}… (${text.length} characters)` : text;
};

const makeExpect = (name: string) => (what: string, found: unknown, wanted: unknown) => {
  if (isDeepStrictEqual(found, wanted)) return;
  throw new BenchError(
    `${name} answers wrongly, so nothing is measured: ${what} should be ${shown(wanted)}, but is ${shown(found)}.`,
  );
};

const shapeOf = ({ id, user_id, title, description, completed, priority, tags, created_at }: Task) => ({
  id,
  user_id,
  title,
  description,
  completed,
  priority,
  tags,
  createdAt: Date.parse(created_at),
});

const lastOfAll = Number.MAX_SAFE_INTEGER;
const dueTime = ({ due_at }: Task): number => (due_at === null ? lastOfAll : Date.parse(due_at));

/**
 * Checks that a server does the work that is measured: the newest 20 in order, open tasks by due date, one task, creation, a toggle,
 * and the rejection of wrong tokens and other users' paths. It leaves one task behind.
 * @param fields the fields that a task's JSON must have; by default any
 * @returns the fields that it has, in the order of the alphabet
 * @throws BenchError if a response is wrong
 */
export const checkResponses = async (
  server: Pick<Server, 'peer' | 'url'>,
  size: Size,
  fields?: readonly string[],
): Promise<string[]> => {
  const user = userId(checkedUser);
  const expect = makeExpect(server.peer.name);
  const call: Call = (method, path, { body, token } = {}) =>
    fetch(`${server.url}${path}`, {
      method,
      headers: {
        ...(token === undefined ? signedIn(user) : { authorization: `Bearer ${token}` }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
  const task = (n: number) => ({
    id: idOf(server, n, size),
    user_id: user,
    ...expectedTask(checkedUser, n, size),
  });
  const collection = collectionOf(user);

  const listed = await call('GET', newestOf(user));
  expect('the status of a list', listed.status, 200);
  const tasks = (await listed.json()) as Task[];
  const newest = Array.from({ length: pageLength }, (_, index) => task(size.tasks - index));
  expect('the number of tasks in a list', tasks.length, pageLength);
  for (const [index, found] of tasks.entries()) expect(`task ${index + 1} of a list`, shapeOf(found), newest[index]);

  const found = Object.keys(tasks[0] ?? {}).sort();
  if (fields !== undefined) expect("the fields of a task, which are Taskward's", found, fields);

  const pending = (await (await call('GET', pendingOf(user))).json()) as Task[];
  expect('the number of open tasks', pending.length, pageLength);
  expect(
    'whether a list of open tasks has a completed one',
    pending.some(({ completed }) => completed),
    false,
  );
  const inOrder = pending.toSorted((a, b) => dueTime(a) - dueTime(b) || a.id - b.id);
  expect(
    'the order of open tasks',
    pending.map(({ id }) => id),
    inOrder.map(({ id }) => id),
  );
  const isSooner = (one: Task) => !one.completed && dueTime(one) < dueTime(pending[0] as Task);
  expect('whether one of the newest is due before them', tasks.some(isSooner), false);

  const got = await call('GET', `${collection}/${task(7).id}`);
  expect('the status of a task', got.status, 200);
  expect('the task', shapeOf((await got.json()) as Task), task(7));

  const content = { title: 'A check', description: 'of the benchmark' };
  const created = await call('POST', collection, { body: content });
  expect('the status of a creation', created.status, 201);
  const { id, title, description } = (await created.json()) as Task;
  expect('the new task', { title, description }, content);
  const [first] = (await (await call('GET', newestOf(user))).json()) as Task[];
  expect('the newest task', [first?.id, first?.title], [id, content.title]);

  for (const completed of [!task(8).completed, task(8).completed]) {
    const toggled = await call('PATCH', `${collection}/${task(8).id}/complete`);
    expect('the status of a toggle', toggled.status, 200);
    const changed = (await toggled.json()) as Task;
    expect('what a toggle makes', changed.completed, completed);
    expect('whether it says when', typeof changed.completed_at === 'string', completed);
    const read = (await (await call('GET', `${collection}/${task(8).id}`)).json()) as Task;
    expect('what a toggle leaves', read.completed, completed);
  }

  expect('the status of a wrong token', (await call('GET', collection, { token: wrongTokenOf(user) })).status, 401);
  expect("the status of another user's tasks", (await call('GET', collectionOf(userId(1)))).status, 403);
  return found;
};
