import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compatibilitySettings } from '@taskward/adapters-http';
import { makeOwnerPorts } from '@taskward/adapters-postgres';
import type { UserId } from '@taskward/domain';
import pg from 'pg';
import t from 'tap';
import { aQuery, aUser, sortedBy } from '../support/builders.ts';
import { blocksOf } from '../support/markdown.ts';
import { ownDatabase } from '../support/postgres/database.ts';
import { aCommandLine, aSharedDatabase } from '../support/processes/command-line.ts';
import { walk } from '../support/walk.ts';

const { database, url } = await aSharedDatabase(t);
const { tasks } = makeOwnerPorts({ database });
const taskward = aCommandLine(t, url);

const page = readFileSync(join(import.meta.dirname, '../../docs/migrating.md'), 'utf8');
const statement = blocksOf(page).find(({ language }) => language === 'sql')?.code as string;
const usersQuery = /-c '(SELECT DISTINCT .*?)'/.exec(page)?.[1] as string;

const old = new pg.Client({ connectionString: await ownDatabase(t) });
await old.connect();
t.teardown(() => old.end());

const folder = mkdtempSync(join(tmpdir(), 'taskward-migrating-'));
t.teardown(() => rmSync(folder, { recursive: true, force: true }));

/** What `psql -At` prints for the statement, with its variable `user`. */
const printedBy = async (sql: string, user: string): Promise<string> => {
  const results = (await old.query({
    text: sql.replace(":'user'", pg.escapeLiteral(user)),
    rowMode: 'array',
  })) as unknown;
  const { rows } = (results as pg.QueryArrayResult[]).at(-1) as pg.QueryArrayResult;
  return rows.map(([value]) => `${JSON.stringify(value)}\n`).join('');
};

const importing = async (sql: string, user: UserId) => {
  const file = join(folder, 'old-tasks.ndjson');
  writeFileSync(file, await printedBy(sql, user));
  const { code, out, err } = await taskward(['import', file, '--id-column', 'id', '--json', '--user', user]);
  const { imported, known, refused } = JSON.parse(out);
  return { code, counts: [imported, known, refused], err: err.trimEnd().split('\n') };
};

const all = (owner: UserId) => walk(tasks, owner, aQuery({ sort: sortedBy('created_at') }));

t.test('the documented statement brings each user their own tasks of the old table, once', async (t) => {
  const [ada, ben] = [aUser(), aUser()];
  await old.query(`
    CREATE TYPE priority AS ENUM ('LOW', 'MEDIUM', 'HIGH', 'CRITICAL', 'NONE');
    CREATE TABLE tasks (
      id serial PRIMARY KEY, user_id varchar, title varchar(200) NOT NULL, description text,
      completed boolean NOT NULL DEFAULT false, priority priority, tags text[], due_date timestamp,
      recurrence_pattern varchar, created_at timestamp NOT NULL, updated_at timestamp NOT NULL);`);
  const insert = (...values: unknown[]) =>
    old.query(
      `INSERT INTO tasks (user_id, title, description, completed, priority, tags, due_date, recurrence_pattern, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      values,
    );
  const [first, second] = ['2026-01-02 03:04:05.678901', '2026-02-03 04:05:06'];
  await insert(
    ada,
    'Pay "rent"\\n',
    'Line\nbreak',
    false,
    'HIGH',
    ['home', 'a, b'],
    '2026-01-31',
    'MONTHLY',
    first,
    second,
  );
  await insert(ben, "'=1+1", '', true, 'CRITICAL', [], '2026-12-01 10:30', 'none', first, second);
  await insert(ada, 'Plain', null, true, null, null, null, 'daily', second, second);
  await insert(ada, 'None', null, false, 'NONE', null, null, null, '2026-03-01', '2026-03-01');
  await insert(null, 'Nobody’s', null, false, null, null, null, null, first, second);

  const { rows } = await old.query(usersQuery);
  t.strictSame(
    rows.map((row) => row.user_id).toSorted(),
    [ada, ben].toSorted(),
    'every user is found, and nobody else',
  );
  t.strictSame(await importing(statement, ada), { code: 0, counts: [3, 0, 0], err: ['Imported 3 tasks.'] });
  t.strictSame(await importing(statement, ben), { code: 0, counts: [1, 0, 0], err: ['Imported 1 task.'] });
  const check = async (when: string) => {
    const ofAda = await all(ada);
    t.match(
      ofAda,
      [
        {
          owner: ada,
          title: 'Pay "rent"\\n',
          description: 'Line\nbreak',
          completed: false,
          priority: 'high',
          tags: ['home', 'a, b'],
          due_date: '2026-01-31',
          repeat: { rule: 'FREQ=MONTHLY' },
          createdAt: '2026-01-02T03:04:05.678Z',
          updatedAt: '2026-02-03T04:05:06.000Z',
        },
        {
          owner: ada,
          title: 'Plain',
          description: null,
          completed: true,
          priority: null,
          tags: [],
          due_date: null,
          repeat: null,
        },
        { owner: ada, title: 'None', priority: null, createdAt: '2026-03-01T00:00:00.000Z' },
      ],
      when,
    );
    t.equal(ofAda.length, 3, when);
    const ofBen = await all(ben);
    t.match(
      ofBen,
      [
        {
          owner: ben,
          title: "'=1+1",
          description: null,
          completed: true,
          priority: 'urgent',
          due_date: '2026-12-01T10:30',
          repeat: null,
        },
      ],
      when,
    );
    t.equal(ofBen.length, 1, when);
  };
  await check('once');
  t.strictSame((await importing(statement, ada)).counts, [0, 3, 0]);
  t.strictSame((await importing(statement, ben)).counts, [0, 1, 0]);
  await check('twice');
});

/** What a table of another kind has instead, and what becomes of it. */
const variants: [row: RegExp, columns: string, value: string, becomes: object][] = [
  [/^`is_completed`$/, 'is_completed boolean', 'true', { completed: true }],
  [/^`status`$/, 'status varchar', `'DONE'`, { completed: true }],
  [/^states between/, 'status varchar', `'in_progress'`, { completed: false, metadata: { status: 'in_progress' } }],
  [/^other fields/, 'category varchar, project_id int', `'work', NULL`, { metadata: { category: 'work' } }],
  [/JSON, or text/, 'tags text', `'home, garden'`, { tags: ['home', 'garden'] }],
  [/JSON, or text/, 'tags json', `'["home", "a, b"]'`, { tags: ['home', 'a, b'] }],
  [/holds JSON/, 'tags text', `'["home", "a, b"]'`, { tags: ['home', 'a, b'] }],
  [/of their own/, 'unused int', 'NULL', { tags: ['home'] }],
  [/timestamptz/, 'due_date timestamptz', `'2026-12-01T10:30:00+02:00'`, { due_date: '2026-12-01T08:30:00Z' }],
  [/^`due_date` as text$/, 'due_date text', `'2026-12-01'`, { due_date: '2026-12-01' }],
  [/^`due_date` as text$/, 'due_date text', `''`, { due_date: null }],
  [/^`reminder_time`$/, 'reminder_time timestamp', `'2026-12-01 09:00'`, { reminders: [{ at: '2026-12-01T09:00' }] }],
  [/^`reminder_time`$/, 'reminder_time timestamp', 'NULL', { reminders: [] }],
];

const documented = [...page.matchAll(/^\| (.*?) \| `('\w+', .*,)` \|$/gm)].map(([, has = '', line = '']) => ({
  has,
  line,
}));

/** The statement with only the lines of these columns, and one line put in. */
const statementWith = (line: string, table: string): string =>
  statement
    .split('\n')
    .filter((one) => !/^ {2}'/.test(one) || /^ {2}'(id|title|updated_at)'/.test(one))
    .join('\n')
    .replace(/^ {2}'title'/m, `  ${line}\n  'title'`)
    .replace('FROM tasks', `FROM ${table} AS tasks`);

t.test('the documented lines for other tables do what they say', async (t) => {
  await old.query(`
    CREATE TABLE tag (id int, name text);
    CREATE TABLE task_tags (task_id int, tag_id int);
    INSERT INTO tag VALUES (1, 'home'), (2, 'other');
    INSERT INTO task_tags VALUES (7, 1), (8, 2);`);
  const tried = new Set<string>();
  for (const [index, [row, columns, value, becomes]] of variants.entries()) {
    const found = documented.find(({ has }) => row.test(has));
    if (found === undefined) throw new Error(`the page has no row ${row}`);
    tried.add(found.has);
    const user = aUser();
    const table = `old_${index}`;
    await old.query(`
      CREATE TABLE ${table} (id int, user_id text, title text, updated_at timestamptz, ${columns});
      INSERT INTO ${table} VALUES (7, '${user}', 'One', '2026-01-01T00:00:00Z', ${value});`);
    const { code, err } = await importing(statementWith(found.line, table), user);
    t.strictSame({ code, err }, { code: 0, err: ['Imported 1 task.'] }, found.has);
    t.match(await all(user), [becomes], found.has);
  }
  const user = aUser();
  await old.query(`
    CREATE TABLE completions (id int, user_id text, title text, updated_at timestamptz, completed boolean, completed_at timestamp);
    INSERT INTO completions VALUES (7, '${user}', 'One', '2026-03-01T00:00:00Z', true, '2026-02-01T10:00:00');`);
  const row = documented.find(({ has }) => has === '`completed_at`') as { has: string; line: string };
  tried.add(row.has);
  await importing(statementWith(`'completed', completed, ${row.line}`, 'completions'), user);
  t.match(await all(user), [{ completed: true, completedAt: '2026-02-01T10:00:00.000Z' }]);
  t.strictSame(
    documented.map(({ has }) => has).filter((has) => !tried.has(has)),
    [],
    'each line of the page was tried',
  );
});

t.test('the page names each setting of compatibility, and no other', (t) => {
  const section = page.slice(page.indexOf('| you see |'), page.indexOf('Take all rows'));
  const named = [...section.matchAll(/^\| .* \| `([a-z-]+)` \|$/gm)].map(([, name]) => name);
  t.strictSame(named.toSorted(), compatibilitySettings.toSorted());
  t.end();
});
