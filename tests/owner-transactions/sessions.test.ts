import {
  inOwnerTransaction,
  type OwnerTransactions,
  ownerSession,
  query,
  type Row,
  statement,
} from '@taskward/owner-transactions';
import t from 'tap';
import { importMutated } from '../support/mutation.ts';
import { aPostgresProxy, type Fate } from '../support/postgres/postgres-proxy.ts';
import { aDatabaseOfNotes, open } from './support.ts';

// None of them names the owner: row security alone keeps owners apart. `xmin` is the transaction that wrote a row.
const bodies = query(statement('select body from notes order by body'));
const insert = statement('insert into notes (body) values ($1) returning xmin::text');
const insertFor = statement('insert into notes (owner, body) values ($1, $2) returning body');
const makeOwner = statement('insert into owners (id) values ($1) returning id');
const count = query(statement('select count from owners'));
const setCount = statement('update owners set count = $2 where count = $1 returning count');

const add = (transactions: OwnerTransactions, owner: string, body: string): Promise<Row[]> =>
  ownerSession(transactions, owner).write(query(insert, body));

const notesOf = async (transactions: OwnerTransactions, owner: string): Promise<unknown[]> =>
  ((await ownerSession(transactions, owner).read(bodies))[0] as Row[]).map(([body]) => body);

const increment = (transactions: OwnerTransactions, owner: string, onRead: () => void = () => {}): Promise<number> =>
  ownerSession(transactions, owner).readThenWrite([count], ([row] = []) => {
    onRead();
    const before = Number(row?.[0]);
    return { write: query(setCount, before, before + 1), result: ([after]) => Number(after) };
  });

t.test('two owners share a transaction, and each sees and writes their own rows only', async (t) => {
  const notes = await aDatabaseOfNotes(t);
  const transactions = open(t, notes);
  const [[[anns] = []], [[bobs] = []]] = (await Promise.all([
    add(transactions, 'ann', 'of ann'),
    add(transactions, 'bob', 'of bob'),
  ])) as [Row[], Row[]];
  t.type(anns, 'string');
  t.equal(anns, bobs, 'one transaction wrote both');
  t.strictSame(await Promise.all([notesOf(transactions, 'ann'), notesOf(transactions, 'bob')]), [
    ['of ann'],
    ['of bob'],
  ]);
  await t.rejects(ownerSession(transactions, 'ann').write(query(insertFor, 'bob', 'forged')), { code: '42501' });
  t.strictSame(await notesOf(transactions, 'bob'), ['of bob']);
});

t.test('a transaction is not switched to the next owner: this test can fail', async (t) => {
  const notes = await aDatabaseOfNotes(t);
  const engine = await importMutated<typeof import('@taskward/owner-transactions')>('@taskward/owner-transactions', [
    { file: 'owner-context.ts', from: 'query(another, owner)', to: "query(another, 'ann')" },
  ]);
  const transactions = open(t, notes, { engine });
  await add(transactions, 'ann', 'of ann');
  await add(transactions, 'bob', 'of bob');
  const shown = await Promise.all([notesOf(transactions, 'ann'), notesOf(transactions, 'bob')]);
  t.strictSame(shown, [['of ann'], ['of ann']], 'each alone was right, together one sees what the other has');
});

t.test('a request that fails does not harm those that share its transaction', async (t) => {
  const notes = await aDatabaseOfNotes(t);
  const transactions = open(t, notes);
  const owners = Array.from({ length: 12 }, (_, n) => `owner ${n}`);
  const isBad = (n: number) => n % 5 === 2;
  const results = await Promise.allSettled(
    owners.map((owner, n) => add(transactions, owner, isBad(n) ? 'far too long' : 'fine')),
  );
  for (const [n, result] of results.entries()) {
    const owner = owners[n] as string;
    t.equal(result.status, isBad(n) ? 'rejected' : 'fulfilled', owner);
    if (result.status === 'rejected') t.match(result.reason, { code: '23514', constraint: 'notes_body_check' });
    t.strictSame(await notesOf(transactions, owner), isBad(n) ? [] : ['fine'], 'once, or not at all');
  }
});

t.test('a read-then-write that another process overtook is done again on what that one wrote', async (t) => {
  const notes = await aDatabaseOfNotes(t);
  const [one, other] = [open(t, notes), open(t, notes)];
  await ownerSession(one, 'ann').write(query(makeOwner, 'ann'));
  // Nobody can write before both processes have read: otherwise one may be done before the other begins.
  await notes.sql('begin');
  await notes.sql("select from owners where id = 'ann' for update");
  const readers = new Set<OwnerTransactions>();
  const bothHaveRead = Promise.withResolvers<void>();
  let reads = 0;
  const incrementing = Promise.all(
    Array.from({ length: 20 }, (_, n) => {
      const process = n % 2 === 0 ? one : other;
      return increment(process, 'ann', () => {
        reads += 1;
        if (readers.add(process).size === 2) bothHaveRead.resolve();
      });
    }),
  );
  await bothHaveRead.promise;
  await notes.sql('rollback');
  const results = await incrementing;
  t.strictSame(
    results.sort((a, b) => a - b),
    Array.from({ length: 20 }, (_, n) => n + 1),
    'each counted on',
  );
  t.ok(reads > 20, `${reads} reads for 20 writes`);
});

t.test('a read-then-write that always comes too late locks the owner', async (t) => {
  const notes = await aDatabaseOfNotes(t);
  const [one, other] = [open(t, notes), open(t, notes)];
  await ownerSession(one, 'ann').write(query(makeOwner, 'ann'));
  const bump = query(statement('update owners set count = count + 1 returning count'));
  let reads = 0;
  const result = await ownerSession(one, 'ann').readThenWrite([count], ([row] = []) => {
    reads += 1;
    const before = Number(row?.[0]);
    // Another process writes between reading and writing, as long as it can.
    const write = reads <= 5 ? query(setCount, before - 1, before + 100) : query(setCount, before, before + 100);
    return { write, result: ([after]) => Number(after) };
  });
  t.equal(reads, 6, 'five conflicts, and once with the owner locked');
  t.equal(result, 100);
  t.strictSame(await ownerSession(other, 'ann').write(bump), [['101']]);
});

t.test('what a transaction does not commit is rolled back', async (t) => {
  const transactions = open(t, await aDatabaseOfNotes(t));
  const written = await inOwnerTransaction(
    transactions,
    'ann',
    [query(insert, 'dropped')],
    async ([rows]) => rows?.length,
  );
  t.equal(written, 1);
  await t.rejects(
    inOwnerTransaction(transactions, 'ann', [], async (_, tx) => {
      await tx.write(query(insert, 'dropped'));
      throw new Error('no');
    }),
    { message: 'no' },
  );
  await inOwnerTransaction(transactions, 'ann', [query(insert, 'kept')], (_, tx) => tx.commit(query(insert, 'too')));
  t.strictSame(await notesOf(transactions, 'ann'), ['kept', 'too']);
});

t.test('connections that died in the pool are replaced, and nobody notices', async (t) => {
  const notes = await aDatabaseOfNotes(t);
  const transactions = open(t, notes);
  await add(transactions, 'ann', 'before');
  await notesOf(transactions, 'ann');
  const ended = await notes.sql<{ pid: number }>(
    `select pid, pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid()`,
  );
  t.ok(ended.length >= 2, `${ended.length} connections were ended`);
  await Promise.all([add(transactions, 'ann', 'after'), add(transactions, 'bob', 'after')]);
  t.strictSame(await notesOf(transactions, 'ann'), ['after', 'before']);
  t.strictSame(await notesOf(transactions, 'bob'), ['after']);
});

t.test('a read whose response is lost is sent again; a write is not', async (t) => {
  const notes = await aDatabaseOfNotes(t);
  let fateOf = (_commits: boolean): Fate => 'pass';
  const proxy = await aPostgresProxy(t, notes.url, ({ commits }) => fateOf(commits));
  const transactions = open(t, { ...notes, url: proxy.url });
  await add(transactions, 'ann', 'first');

  fateOf = () => {
    fateOf = () => 'pass';
    return 'after';
  };
  t.strictSame(await notesOf(transactions, 'ann'), ['first']);

  fateOf = (commits) => (commits ? 'after' : 'pass');
  await t.rejects(add(transactions, 'ann', 'second'), { name: 'DatabaseUnavailable' });
  fateOf = () => 'pass';
  t.strictSame(await notesOf(transactions, 'ann'), ['first', 'second'], 'it was done, once');
});

t.test('errors say what the database could not do', async (t) => {
  const notes = await aDatabaseOfNotes(t);
  const reported: unknown[] = [];
  const nowhere = { ...notes, url: 'postgresql://nobody@127.0.0.1:9/none' };
  const away = open(t, nowhere, { onConnectFailure: (error) => reported.push(error) });
  await t.rejects(notesOf(away, 'ann'), { name: 'DatabaseUnavailable', cause: { code: 'ECONNREFUSED' } });
  await t.rejects(away.assertWritable(), { name: 'DatabaseUnavailable' });
  t.match(reported, [{ code: 'ECONNREFUSED' }], 'reported once in ten seconds');

  const mapped = open(t, nowhere, { toError: (error) => new TypeError('mapped', { cause: error }) });
  await t.rejects(notesOf(mapped, 'ann'), { name: 'TypeError', cause: { code: 'ECONNREFUSED' } });
  await t.rejects(
    mapped.transaction(1_000, async () => {}),
    { name: 'TypeError' },
  );

  const writable = open(t, notes);
  await t.resolves(writable.assertWritable());
  await notes.sql(`alter database ${new URL(notes.url).pathname.slice(1)} set default_transaction_read_only = on`);
  await t.rejects(open(t, notes).assertWritable(), { name: 'DatabaseReadOnly', cause: { code: '25006' } });
  await t.rejects(add(open(t, notes), 'ann', 'no'), { name: 'DatabaseReadOnly', cause: { code: '25006' } });
});
