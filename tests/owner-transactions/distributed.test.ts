import {
  type OwnerTransactions,
  ownerSession,
  query,
  type Row,
  setLocally,
  statement,
} from '@taskward/owner-transactions';
import t from 'tap';
import { importMutated, type Mutation } from '../support/mutation.ts';
import { aDatabaseOfNotes, type Notes, open } from './support.ts';

// What the engine asks the database for. Its settings are those of any PostgreSQL: with Citus the workers repeat them.
const pretendCitus = ({ sql }: Notes) =>
  sql(`insert into pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
       values (1234567, 'citus', 10, 'pg_catalog'::regnamespace, false, '13.2')`);

const propagation = query(statement(`select current_setting('citus.propagate_set_commands', true)`));
const bodies = query(statement('select body from notes order by body'));
const insert = statement('insert into notes (body) values ($1) returning body');

const rowsOf = async (transactions: OwnerTransactions, owner: string, one = bodies): Promise<unknown[]> =>
  ((await ownerSession(transactions, owner).read(one))[0] as Row[]).map(([first]) => first);

const owners = ['ann', `o'hara`, 'back\\slash', '"quoted"', `'; reset role; --`, '$1', '?', 'ä 😀', '\\', `E'\\'`];

const aDistributedDatabase = async (t: Parameters<typeof aDatabaseOfNotes>[0]): Promise<Notes> => {
  const notes = await aDatabaseOfNotes(t);
  await pretendCitus(notes);
  return notes;
};

const mutated = (...mutations: Mutation[]) =>
  importMutated<typeof import('@taskward/owner-transactions')>('@taskward/owner-transactions', mutations);

t.test('the way that Citus needs is taken where it is there, and nowhere else', async (t) => {
  const plain = open(t, await aDatabaseOfNotes(t));
  t.strictSame(await rowsOf(plain, 'ann', propagation), [null], 'without, workers are told nothing');
  t.ok(plain.sharesConnections, 'and requests share connections');
  t.equal(await plain.isDistributed(), false);

  const distributed = open(t, await aDistributedDatabase(t));
  t.strictSame(await rowsOf(distributed, 'ann', propagation), ['local'], 'with it, settings are repeated there');
  t.notOk(distributed.sharesConnections, 'and each transaction is of one owner');
  t.equal(await distributed.isDistributed(), true);
});

t.test('every owner sees their own rows only, whatever they are called', async (t) => {
  const transactions = open(t, await aDistributedDatabase(t));
  for (const [n, owner] of owners.entries()) await ownerSession(transactions, owner).write(query(insert, `of ${n}`));
  for (const [n, owner] of owners.entries()) t.strictSame(await rowsOf(transactions, owner), [`of ${n}`], owner);
  t.throws(() => setLocally('ann', { 'notes.owner': 'a\0b' }), /NUL/);
});

t.test('without the quotes of an owner’s name that fails: this test can fail', async (t) => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder, of the source that is mutated.
  const engine = await mutated({ file: 'distributed.ts', from: 'escapeLiteral(value)', to: "`'${value}'`" });
  const transactions = open(t, await aDistributedDatabase(t), { engine });
  await t.rejects(rowsOf(transactions, `o'hara`));
  const [first] = await rowsOf(transactions, `'; reset role; --`).catch(() => ['rejected']);
  t.equal(first, 'rejected', 'the protocol takes one command at a time in any case');
});

t.test('nothing stays on a connection', async (t) => {
  const notes = await aDistributedDatabase(t);
  const pool = { size: 1, maxOverflow: 0, prePing: true, recycleSeconds: 300, connectSeconds: 10 };
  const after = (transactions: OwnerTransactions) =>
    transactions.transaction(1_000, (run) =>
      run<{ who: string; owner: string }>(
        `select current_user as who, coalesce(current_setting('notes.owner', true), '') as owner`,
      ),
    );
  const transactions = open(t, notes, { pool });
  const [before] = await after(transactions);
  await rowsOf(transactions, 'ann');
  t.strictSame(await after(transactions), [{ who: before?.who, owner: '' }]);

  const engine = await mutated({ file: 'distributed.ts', from: 'return `set local ', to: 'return `set ' });
  const leaking = open(t, notes, { engine, pool });
  await rowsOf(leaking, 'ann');
  t.strictNotSame(await after(leaking), [{ who: before?.who, owner: '' }], 'with `set` it does: this test can fail');
});

t.test('commands are not prepared: each owner would leave one on the connection', async (t) => {
  const transactions = open(t, await aDistributedDatabase(t), {
    pool: { size: 1, maxOverflow: 0, prePing: true, recycleSeconds: 300, connectSeconds: 10 },
  });
  for (const owner of owners) await rowsOf(transactions, owner);
  const left = await transactions.transaction(1_000, (run) =>
    run<{ statement: string }>(
      `select statement from pg_prepared_statements where statement like 'set local "notes"%'`,
    ),
  );
  t.strictSame(left, []);
});

t.test('a failed transaction is rolled back, and the connection is used again', async (t) => {
  const transactions = open(t, await aDistributedDatabase(t));
  const session = ownerSession(transactions, 'ann');
  await t.rejects(session.write(query(insert, 'far too long')), { code: '23514' });
  await session.write(query(insert, 'fine'));
  t.strictSame(await rowsOf(transactions, 'ann'), ['fine']);
});
