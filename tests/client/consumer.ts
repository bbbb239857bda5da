// A program of a user of the package: package.test.ts type-checks and runs it far from this repository.
import {
  type ChangedTask,
  type Conflict,
  createTaskwardClient,
  makeMemoryStore,
  type Page,
  type SyncStore,
  type Task,
  TaskwardError,
  type TokenProvider,
} from '@taskward/client';

declare const process: { env: Record<string, string | undefined> };

const { BASE_URL = '', TOKEN = '' } = process.env;
const token: TokenProvider = async ({ refresh }) => (refresh ? '' : TOKEN);
const client = createTaskwardClient({ baseUrl: BASE_URL, token, retry: { attempts: 2 } });

const created: Task = await client.create({ title: 'Buy milk', description: null });
const updated = await client.update(created, { title: 'Buy oat milk' }, { ifUnchanged: true });
await client.complete(updated.id);
await client.update(updated.id, { priority: 'high', add_tags: ['home'], due_date: '2026-12-01' });
const moved: ChangedTask = await client.move(updated.id, { to: 'top' });
// @ts-expect-error A task is moved to one place.
await client.move(moved.id, { to: 'left' }).catch(() => {});
const page: Page = await client.list({ status: 'completed', sort: ['-priority', 'title'], tag: 'home', count: true });
const titles: string[] = [];
for await (const task of client.all({ limit: 1 })) titles.push(task.title);
await client.remove(created.id);

const store: SyncStore = makeMemoryStore();
const local = client.sync(store);
const { key } = await local.create({ title: 'Buy bread' });
const { conflicts } = await local.sync();
const decide = ({ field, mine, theirs }: Conflict) => (field === 'completed' && mine && !theirs ? 'mine' : 'theirs');
for (const conflict of conflicts) await local.resolve(conflict, decide(conflict));
const end = new AbortController();
await client.subscribe(() => {}, { signal: end.signal, onStart: () => end.abort() });
const isSent = (await local.get(key))?.isPending === false;
await local.remove(key);
await local.sync();

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'none';
  } catch (error) {
    if (!(error instanceof TaskwardError)) throw error;
    // @ts-expect-error There is no such code, and the compiler knows.
    if (error.code === 'task/lost') return 'lost';
    return error.code === 'request/invalid' ? (error.errors ?? []).map(({ field }) => field).join() : error.code;
  }
};

console.log(
  JSON.stringify({
    total: page.total,
    isSent,
    titles,
    gone: await codeOf(client.get(created.id)),
    // @ts-expect-error A title is required.
    invalid: await codeOf(client.create({})),
    // @ts-expect-error A task says whether it must be unchanged; its id needs not.
    unsaid: await client.complete(created).catch(({ name }) => name),
    // @ts-expect-error There is nothing else to sort by.
    unsorted: await codeOf(client.list({ sort: 'color' })),
  }),
);
