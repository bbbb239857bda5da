import type { UserId } from '@taskward/domain';
import t from 'tap';
import { aDraft, anOrigin, aQuery, aUser, sortedBy } from '../support/builders.ts';
import { aRepository, newcomers, several } from './support.ts';

const searching = (search: string) => aQuery({ search, count: true });

t.test('filtered lists of small accounts do not wait for searches of large ones', { timeout: 60_000 }, async (t) => {
  const { tasks, sql } = await aRepository(t);
  // As an older version wrote them: each search folds them all, which takes a good part of a second.
  const heavy = several(4, aUser);
  for (const owner of heavy) {
    await tasks.add(aDraft(owner), anOrigin());
    await sql(
      `insert into taskward.tasks (user_id, id, title, description, completed, created_at, updated_at, revision)
       select ?, 1 + n, 'x', repeat('Ж', 1000), false, now(), now(), 1 from generate_series(1, 2500) n`,
      [owner],
    );
    await sql('update taskward.users set last_task_id = 2501 where id = ?', [owner]);
  }
  const small = await newcomers(tasks, 20);

  let done = 0;
  const search = (owner: UserId) =>
    tasks.list(owner, searching('nowhere')).finally(() => {
      done += 1;
    });
  const searches = Promise.allSettled([...heavy, ...heavy, ...heavy].map(search));
  await new Promise((resolve) => setTimeout(resolve, 20));
  const lists = await Promise.all(
    small.map((owner) => tasks.list(owner, aQuery({ status: 'pending', sort: sortedBy('title') }))),
  );
  t.ok(done <= 2, `${done} of 12 searches had ended by then`);
  t.ok(lists.every((page) => page.tasks.length === 1));

  // Every user with many tasks gets one search before any of them gets a second; waiting too long is an error.
  const ends = await searches;
  const codes = new Set(ends.map((end) => (end.status === 'rejected' ? end.reason.code : 'found')));
  t.ok(codes.has('found'));
  codes.delete('found');
  codes.delete('database/busy');
  t.strictSame([...codes], []);
  await sql('delete from taskward.tasks where user_id = any(?)', [`{${heavy.join()}}`]);
});

t.test('who searched much lately lets the others go first', { timeout: 60_000 }, async (t) => {
  const { tasks, sql } = await aRepository(t);
  const busy = several(3, aUser);
  const others = several(3, aUser);
  for (const owner of [...busy, ...others]) {
    await tasks.add(aDraft(owner), anOrigin());
    await sql('update taskward.users set last_task_id = 5000 where id = ?', [owner]);
    await sql(
      `insert into taskward.tasks (user_id, id, title, description, completed, created_at, updated_at, revision)
       select ?, 1 + n, 'x', repeat('Ж', 1000), false, now(), now(), 1 from generate_series(1, 300) n`,
      [owner],
    );
  }
  await Promise.all(busy.map((owner) => tasks.list(owner, searching('nowhere'))));
  const order: UserId[] = [];
  const search = (owner: UserId) => tasks.list(owner, searching('nowhere')).then(() => order.push(owner));
  await Promise.all([...several(5, () => busy).flat(), ...others].map(search));
  const last = order.lastIndexOf(others[2] as UserId);
  t.ok(last < 9, `the last to come was number ${last} of 18`);
});
