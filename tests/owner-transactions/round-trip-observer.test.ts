import { AsyncLocalStorage } from 'node:async_hooks';
import {
  inOwnerTransaction,
  OwnerTransactions,
  ownerSession,
  poolConfig,
  query,
  type RoundTripObserver,
  statement,
} from '@taskward/owner-transactions';
import t, { type Test } from 'tap';
import { importMutated } from '../support/mutation.ts';
import { aDatabaseOfNotes, type Notes, open, poolSettings } from './support.ts';

const bodies = query(statement('select body from notes order by body'));
const insert = (body: string) => query(statement('insert into notes (body) values ($1) returning body'), body);

interface Ended {
  readonly callers: readonly unknown[];
  readonly queries: number;
  readonly kind: string;
  readonly error: unknown;
}

/** Notes every round trip, with the callers that the asynchronous context names. */
const aLogbook = () => {
  const caller = new AsyncLocalStorage<string>();
  const ended: Ended[] = [];
  const observer: RoundTripObserver = {
    caller: () => caller.getStore(),
    begin: ({ requests, queries, kind }) => {
      const callers = requests.map((request) => request.caller);
      return (error) => ended.push({ callers, queries, kind, error });
    },
  };
  return { as: caller.run.bind(caller) as <T>(name: string, work: () => T) => T, ended, observer };
};

const engine = { OwnerTransactions, poolConfig };

/** Two owners read at once, each on behalf of a caller of their own. */
const readTogether = async (t: Test, notes: Notes, used = engine) => {
  const { as, ended, observer } = aLogbook();
  const transactions = open(t, notes, { observer, engine: used });
  const read = (owner: string) => as(`for ${owner}`, () => ownerSession(transactions, owner).read(bodies));
  await Promise.all([read('ada'), read('ben')]);
  return ended;
};

const together = [{ callers: ['for ada', 'for ben'], queries: 4, kind: 'reading', error: undefined }];

t.test('requests that share a round trip are told by their callers', async (t) => {
  const notes = await aDatabaseOfNotes(t);
  t.strictSame(await readTogether(t, notes), together);

  const late = await importMutated<typeof engine>('@taskward/owner-transactions', [
    { file: 'transaction-batcher.ts', from: 'caller: this.#observer?.caller()', to: 'caller: undefined' },
  ]);
  t.notSame(await readTogether(t, notes, late), together, 'without its caller a round trip would belong to nobody');
});

t.test('a round trip that the server rejects ends with the error, also for those who shared it', async (t) => {
  const notes = await aDatabaseOfNotes(t);
  const { as, ended, observer } = aLogbook();
  const transactions = open(t, notes, { observer });
  const write = (owner: string, body: string) => as(owner, () => ownerSession(transactions, owner).write(insert(body)));
  const [ada, ben] = await Promise.allSettled([write('ada', 'far too long for a note'), write('ben', 'short')]);
  t.strictSame([ada?.status, ben?.status], ['rejected', 'fulfilled']);
  const [first] = ended;
  t.match(first, { callers: ['ada', 'ben'], kind: 'writing', error: { code: '23514' } });
  t.match(
    ended.filter(({ error }) => error === undefined),
    [{ callers: ['ben'], kind: 'writing' }],
    'what was sent again is a round trip of its own',
  );
});

t.test('a transaction of several steps has a round trip for each', async (t) => {
  const notes = await aDatabaseOfNotes(t);
  const { as, ended, observer } = aLogbook();
  const transactions = open(t, notes, { observer });
  await as('cleo', () =>
    inOwnerTransaction(transactions, 'cleo', [bodies], async (_rows, tx) => {
      await tx.write(insert('one'));
      return tx.commit(insert('two'));
    }),
  );
  t.strictSame(
    ended.map(({ callers, queries, kind }) => ({ callers, queries, kind })),
    [
      { callers: ['cleo'], queries: 3, kind: 'transaction' },
      { callers: ['cleo'], queries: 1, kind: 'transaction' },
      { callers: ['cleo'], queries: 2, kind: 'transaction' },
    ],
  );
});

t.test('where connections are not shared, too', async (t) => {
  const notes = await aDatabaseOfNotes(t);
  const { as, ended, observer } = aLogbook();
  const transactions = open(t, notes, { observer, pool: { ...poolSettings, size: 1, maxOverflow: 0 } });
  t.notOk(transactions.sharesConnections);
  await as('dora', () => ownerSession(transactions, 'dora').read(bodies));
  t.strictSame(ended, [{ callers: ['dora'], queries: 2, kind: 'exclusive', error: undefined }]);
});
