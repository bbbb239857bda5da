import { setTimeout as wait } from 'node:timers/promises';
import { makeIdempotencyStore, makeOwnerPorts } from '@taskward/adapters-postgres';
import type { UseCaseError } from '@taskward/application';
import { operator, Task, type TaskDraft, toInstant, type UnitOfWork, type UserId } from '@taskward/domain';
import t, { type Test } from 'tap';
import { aDraft, anOrigin, aUser } from '../support/builders.ts';
import { aPlanning } from '../support/planning.ts';
import { open, poolSettings, sharedDatabase, sharedDatabaseUrl, sqlOn } from '../support/postgres/database.ts';

const milliseconds = 4_000;
const clients = 40;

// Tasks that every user has, and what becomes of them.
const [toggled, changed, batched] = [1, 2, 3];

/** One call that was made, and what is known of its end. */
interface Call {
  readonly owner: UserId;
  readonly deed: string;
  readonly title: string;
  readonly end: 'done' | 'refused' | 'unsure';
  readonly task?: Task | undefined;
}

interface Stored {
  readonly id: number;
  readonly title: string;
  readonly completed: boolean;
  readonly revision: number;
}

const now = () => toInstant(new Date().toISOString());
const counted = (task: Task) => task.change(operator, { title: String(Number(task.title) + 1) }, now(), aPlanning());
const countedOn = (unit: UnitOfWork) => ({ result: unit.update(batched, counted), store: true });

/** What clients of one process ask for. */
const aProcess = (t: Test, url: string, settings: typeof poolSettings) => {
  const database = open(t, url, settings);
  const { tasks } = makeOwnerPorts({ database });
  const idempotency = makeIdempotencyStore({ database });
  const toggle = (owner: UserId) => {
    const at = now();
    const rule = Task.completionRule(undefined, at);
    return tasks.update(owner, toggled, (task) => task.setCompleted(operator, {}, at, aPlanning()), anOrigin(), rule);
  };
  const addUnderKey = async (owner: UserId, title: string) => {
    const call = {
      owner,
      key: title,
      fingerprint: title,
      hasEffect: true,
      now: now(),
      lifetime: 60_000,
      bounds: { keys: 100_000, bytes: 1e9 },
    };
    await idempotency.runIdempotently(call, async (within) =>
      String((await within.tasks.add(aDraft(owner, { title }), anOrigin())).id),
    );
    return undefined;
  };
  const deeds: Readonly<Record<string, (owner: UserId, title: string) => Promise<Task | undefined>>> = {
    add: (owner, title) => tasks.add(aDraft(owner, { title }), anOrigin()),
    'add under a key': addUnderKey,
    'add what is too long': (owner, title) =>
      tasks.add({ ...aDraft(owner), title: title + 'x'.repeat(200) } as TaskDraft, anOrigin()),
    toggle,
    change: (owner) => tasks.update(owner, changed, counted, anOrigin()),
    batch: (owner) => tasks.transact(owner, { ids: [batched] }, anOrigin(), countedOn),
  };
  return { tasks, deeds };
};

/** What is wrong with the stored tasks of one user, judged by the responses. */
const faultsOf = (calls: readonly Call[], rows: readonly Stored[], revision: number): string[] => {
  const faults: string[] = [];
  const fault = (isOne: boolean, text: string) => isOne && faults.push(text);
  const times = Map.groupBy(rows, ({ title }) => title);
  for (const { deed, title, end } of calls.filter((call) => call.deed.startsWith('add'))) {
    const stored = times.get(title)?.length ?? 0;
    fault(stored > 1, `${deed}: stored ${stored} times`);
    fault(end === 'done' && stored === 0, `${deed}: acknowledged, not stored`);
    fault(end === 'refused' && stored > 0, `${deed}: refused, and stored`);
  }
  const of = (deed: string, end: Call['end']) => calls.filter((call) => call.deed === deed && call.end === end);
  for (const [deed, id] of [['change', changed] as const, ['batch', batched] as const]) {
    const is = Number(rows.find((row) => row.id === id)?.title);
    const [atLeast, more] = [of(deed, 'done').length, of(deed, 'unsure').length];
    fault(!(is >= atLeast && is <= atLeast + more), `${deed}: ${is} of ${atLeast}, and perhaps ${more}`);
  }
  const acknowledged = calls.flatMap(({ task }) => (task === undefined ? [] : [task.revision]));
  fault(new Set(acknowledged).size < acknowledged.length, 'a revision acknowledged twice');
  fault(new Set(rows.map((row) => row.revision)).size < rows.length, 'two tasks at one revision');
  fault(
    rows.some((row) => row.revision > revision),
    'a task ahead of its owner’s counter',
  );
  if (of('toggle', 'unsure').length === 0) {
    const chain = of('toggle', 'done').toSorted((a, b) => Number(a.task?.revision) - Number(b.task?.revision));
    fault(
      chain.some(({ task }, n) => task?.completed !== (n % 2 === 0)),
      'a toggle of what another had toggled already',
    );
  }
  return faults;
};

for (const [size, maxOverflow] of [
  [5, 5],
  [2, 1],
] as const) {
  const name = `two processes, ${size + maxOverflow} connections each, users locked and connections cut: nothing lost, nothing twice`;
  t.test(name, { timeout: 240_000 }, async (t) => {
    const harm = await sharedDatabase(t);
    const sql = sqlOn(harm);
    const victims = `victim-${aUser()}`;
    const url = new URL(await sharedDatabaseUrl(t));
    url.searchParams.set('application_name', victims);
    const processes = [0, 1].map(() => aProcess(t, url.href, { ...poolSettings, size, maxOverflow }));
    const owners = [aUser(), aUser(), aUser()];
    for (const owner of owners)
      for (const _ of [toggled, changed, batched])
        await processes[0]?.tasks.add(aDraft(owner, { title: '0' }), anOrigin());

    const until = performance.now() + milliseconds;
    const calls: Call[] = [];
    const any = <T>(choices: readonly T[]): T => choices[Math.floor(Math.random() * choices.length)] as T;
    const client = async (_: unknown, number: number) => {
      for (let n = 0; performance.now() < until; n += 1) {
        const owner = any(owners);
        const [deed, work] = any(Object.entries(processes[number % 2]?.deeds ?? {}));
        const title = `${deed} ${number}/${n}`;
        const told = await work(owner, title).then(
          (task) => ({ end: 'done' as const, task }),
          ({ code }: UseCaseError) => ({
            end: code === 'database/unavailable' ? ('unsure' as const) : ('refused' as const),
          }),
        );
        calls.push({ owner, deed, title, ...told });
      }
    };
    let cut = 0;
    const cutting = async () => {
      for (; performance.now() < until; await wait(50 + Math.random() * 100)) {
        const some = `select pid from pg_stat_activity where application_name = ? order by random() limit 1`;
        cut += (await sql(`select pg_terminate_backend(pid) from (${some}) one`, [victims])).length;
      }
    };
    const locking = async () => {
      for (; performance.now() < until; await wait(100)) {
        await harm.orm.em.fork().transactional(async (tx) => {
          await tx.execute('select from taskward.users where id = ? for update', [any(owners)]);
          await wait(Math.random() * 300);
        });
      }
    };
    await Promise.all([cutting(), locking(), ...Array.from({ length: clients }, client)]);

    const ends = Map.groupBy(calls, ({ deed, end }) => `${deed}: ${end}`);
    t.comment(
      `${cut} connections cut; ${[...ends]
        .map(([what, { length }]) => `${what} ${length}`)
        .sort()
        .join(', ')}`,
    );
    t.ok(cut > 10, 'connections were cut');
    for (const deed of Object.keys(processes[0]?.deeds ?? {}))
      t.ok(
        calls.some((call) => call.deed === deed),
        deed,
      );
    for (const owner of owners) {
      const rows = await sql<Stored>(
        'select id, title::text as title, completed, revision::int from taskward.tasks where user_id = ?',
        [owner],
      );
      const [counter] = await sql<{ revision: number }>('select revision::int from taskward.users where id = ?', [
        owner,
      ]);
      const mine = calls.filter((call) => call.owner === owner);
      t.strictSame(faultsOf(mine, rows, Number(counter?.revision)), [], `${mine.length} calls`);
    }
  });
}
