import type { TaskQuery, TaskRepository } from '@taskward/application';
import type { Task } from '@taskward/domain';
import type { Test } from 'tap';
import { aDraft, anInstant, anOrigin, aQuery, aSteadyClock, aUser, changing, sortedBy } from '../support/builders.ts';
import { walk } from '../support/walk.ts';

export type MakeRepository = (scope: Test) => Promise<TaskRepository>;

export const idsOf = (tasks: readonly Task[]) => tasks.map(({ id }) => id);

/** How every task repository must list: its filters, its orders, its pages. */
export const testTaskLists = (t: Test, make: MakeRepository): void => {
  t.test('lists filter by status', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    for (const completed of [true, false, true]) await tasks.add(aDraft(owner, { completed }), anOrigin());
    const list = async (status: TaskQuery['status']) =>
      idsOf((await tasks.list(owner, aQuery({ status, sort: sortedBy('created_at') }))).tasks);
    t.same(await list('all'), [1, 2, 3]);
    t.same(await list('completed'), [1, 3]);
    t.same(await list('pending'), [2]);
  });

  t.test(
    'searches find text in title or description, whatever its case, and take every character as itself',
    async (t) => {
      const tasks = await make(t);
      const owner = aUser();
      const titles = [
        '100% sure',
        '100 sure',
        'snake_case',
        'snakeXcase',
        'back\\slash',
        'GRÜSSE',
        'Ёлка',
        "it's",
        'a.b',
      ];
      for (const title of titles)
        await tasks.add(aDraft(owner, { title, description: title === 'a.b' ? 'Straße NORD' : null }), anOrigin());
      const found = async (search: string) =>
        (await tasks.list(owner, aQuery({ search, sort: sortedBy('created_at') }))).tasks.map(({ title }) => title);
      for (const [search, expected] of [
        ['100%', ['100% sure']],
        ['snake_case', ['snake_case']],
        ['k\\s', ['back\\slash']],
        ['grüsse', ['GRÜSSE']],
        ['ёЛК', ['Ёлка']],
        ["'", ["it's"]],
        ['a.b', ['a.b']],
        ['nord', ['a.b']],
        ['nothing', []],
      ] as const) {
        t.same(await found(search), expected, search);
      }
    },
  );

  // Each row: the same text in different Unicode forms.
  const sameTexts = {
    French: ['Café', 'Cafe\u0301'],
    Vietnamese: ['Việt', 'Vie\u0323\u0302t', 'Vie\u0302\u0323t'],
    Hangul: ['한글', '\u1112\u1161\u11ab\u1100\u1173\u11af'],
    Devanagari: ['क़लम', '\u0958लम'],
    Angstrom: ['\u212bngström', 'Ångström', 'A\u030angstro\u0308m'],
    'a letter that composes in lower case only': ['J\u030cx', 'j\u030cx', '\u01f0x'],
  };

  t.test('texts are found and sorted alike in whichever Unicode form, and stored as sent', async (t) => {
    const tasks = await make(t);
    for (const [name, forms] of Object.entries(sameTexts)) {
      const owner = aUser();
      for (const form of forms) await tasks.add(aDraft(owner, { title: form, description: null }), anOrigin());
      for (const form of forms) await tasks.add(aDraft(owner, { title: '0', description: `- ${form} -` }), anOrigin());
      await tasks.update(owner, 1, changing(owner, { title: '0' }), anOrigin());
      await tasks.update(owner, 1, changing(owner, { title: forms[0] as string }), anOrigin());
      for (const search of [
        ...forms,
        ...forms.map((form) => form.toUpperCase()),
        ...forms.map((form) => form.toLowerCase()),
      ]) {
        t.equal(
          (await tasks.list(owner, aQuery({ search }))).tasks.length,
          2 * forms.length,
          `${name}: ${encodeURI(search)}`,
        );
      }
      const query = aQuery({ sort: sortedBy('title') });
      const whole = (await tasks.list(owner, query)).tasks;
      const ids = Array.from({ length: forms.length }, (_, n) => n + 1);
      t.same(idsOf(whole), [...ids.map((id) => id + forms.length), ...ids], name);
      t.same(
        whole.filter(({ title }) => title !== '0').map(({ title }) => title),
        forms,
        'as sent',
      );
      for (const order of ['asc', 'desc'] as const) {
        const sorted = { ...query, sort: [{ field: 'title', order }] } as const;
        const all = idsOf((await tasks.list(owner, sorted)).tasks);
        t.same(idsOf(await walk(tasks, owner, { ...sorted, limit: 1 })), all, `${name} ${order}, one by one`);
      }
    }
  });

  t.test('lists are sorted, and ties broken by id in the same direction', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    const same = anInstant();
    for (const title of ['b', 'A', 'a', 'é', 'B', '😀', '\uffee'])
      await tasks.add(aDraft(owner, { title }, same), anOrigin());
    const titles = async (query: Partial<TaskQuery>) =>
      (await tasks.list(owner, aQuery(query))).tasks.map(({ title }) => title);
    t.same(await titles({ sort: sortedBy('title') }), ['A', 'a', 'b', 'B', 'é', '\uffee', '😀']);
    t.same(await titles({ sort: sortedBy('-title') }), ['😀', '\uffee', 'é', 'B', 'b', 'a', 'A']);
    t.same(idsOf((await tasks.list(owner, aQuery({ sort: sortedBy('created_at') }))).tasks), [1, 2, 3, 4, 5, 6, 7]);
    t.same(idsOf((await tasks.list(owner, aQuery({ sort: sortedBy('-updated_at') }))).tasks), [7, 6, 5, 4, 3, 2, 1]);
  });

  t.test('pages by position make up the whole list, in every order', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    const clock = aSteadyClock();
    for (let n = 0; n < 23; n += 1) {
      const now = n % 4 === 0 ? anInstant() : clock.now();
      await tasks.add(
        aDraft(owner, { title: `Task ${String.fromCodePoint(97 + ((n * 7) % 9))}`, completed: n % 2 === 0 }, now),
        anOrigin(),
      );
    }
    for (const field of ['created_at', 'updated_at', 'title'] as const) {
      for (const order of ['asc', 'desc'] as const) {
        const query = aQuery({ sort: [{ field, order }], limit: 500 });
        const whole = idsOf((await tasks.list(owner, query)).tasks);
        t.equal(new Set(whole).size, 23);
        for (const limit of [1, 4, 22, 23, 24]) {
          t.same(idsOf(await walk(tasks, owner, { ...query, limit })), whole, `${field} ${order} by ${limit}`);
        }
        t.same(idsOf((await tasks.list(owner, { ...query, limit: 5, offset: 3 })).tasks), whole.slice(3, 8));
      }
    }
  });

  t.test('a task that changes between two pages makes no other repeat or vanish', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    const clock = aSteadyClock();
    for (let n = 0; n < 12; n += 1) await tasks.add(aDraft(owner, { title: `Task ${n}` }, clock.now()), anOrigin());
    const query = aQuery({ sort: sortedBy('-updated_at'), limit: 5 });
    const first = await tasks.list(owner, query);
    await tasks.update(owner, 2, changing(owner, { completed: true }), anOrigin());
    await tasks.remove(owner, 12, anOrigin());
    const rest = await walk(tasks, owner, { ...query, after: first.next as NonNullable<typeof first.next> });
    t.same([...idsOf(first.tasks), ...idsOf(rest)], [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 1]);
  });

  t.test('totals count all pages, and only on demand', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    for (let n = 0; n < 5; n += 1) await tasks.add(aDraft(owner, { completed: n < 2 }), anOrigin());
    t.equal((await tasks.list(owner, aQuery({ limit: 1, count: true }))).total, 5);
    t.equal((await tasks.list(owner, aQuery({ limit: 1, count: true, status: 'completed' }))).total, 2);
    t.equal((await tasks.list(owner, aQuery({ limit: 1, count: true, offset: 4 }))).total, 5);
    t.notOk('total' in (await tasks.list(owner, aQuery({ limit: 1 }))));
    t.notOk('next' in (await tasks.list(owner, aQuery({ limit: 5 }))), 'a full last page says that it is the last');
  });
};
