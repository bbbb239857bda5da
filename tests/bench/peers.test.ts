import { readFileSync } from 'node:fs';
import { checkResponses } from '@taskward/bench/harness/checks.ts';
import { loadPlain } from '@taskward/bench/harness/data.ts';
import { makePeer, serve } from '@taskward/bench/harness/peers.ts';
import { TaskSchema } from '@taskward/task-schemas';
import t from 'tap';
import { ownDatabase } from '../support/postgres/database.ts';

const fields = Object.keys(TaskSchema.properties).sort();
const size = { users: 4, tasks: 200 };

const read = (file: string) => readFileSync(new URL(`../../bench/peers/${file}`, import.meta.url), 'utf8');
const namesIn = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, name]) => name as string).sort();

t.test('the floor does the work that is measured, with the fields of Taskward’s tasks', async (t) => {
  const url = await ownDatabase(t);
  await loadPlain(url, size);
  const server = await serve(makePeer('floor', url));
  t.teardown(() => server.stop());
  // Before what succeeds, which leaves a task behind.
  await t.rejects(checkResponses(server, size, [...fields, 'later_field']), { message: /the fields of a task/ });
  t.strictSame(await checkResponses(server, size, fields), fields);
});

t.test('the other peers have the same fields', async (t) => {
  t.strictSame(namesIn(read('go/store.go'), /json:"(\w+)"/g), fields, 'Go');
  const [, columns = ''] = /COLUMNS = """([^"]*)"""/.exec(read('fastapi/best.py')) ?? [];
  t.strictSame(namesIn(columns, /(\w+)/g), fields, 'FastAPI at its best');
  const [, model = ''] = /class TaskRead\(SQLModel\):\n(.*?)\n\n/s.exec(read('fastapi/documented.py')) ?? [];
  const renamed = namesIn(model, /^ {4}(\w+):/gm).map((name) => (name === 'extra' ? 'metadata' : name));
  t.strictSame(renamed.sort(), fields, 'FastAPI as documented');
});
