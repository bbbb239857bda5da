import t from 'tap';
import { aDraft, anOrigin, aQuery, aUser } from '../support/builders.ts';
import { aRepository, several } from './support.ts';

t.test('one user’s searches go one after the other, and leave room for others’', async (t) => {
  const { tasks, sql } = await aRepository(t);
  const [busy, other] = [aUser(), aUser()];
  for (const owner of [busy, other]) await tasks.add(aDraft(owner), anOrigin());
  await sql(
    `insert into taskward.tasks (user_id, id, title, description, completed, created_at, updated_at, revision)
     select ?, 1 + n, 'x', repeat('Ж', 1000), false, now(), now(), 1 from generate_series(1, 200) n`,
    [busy],
  );
  let done = 0;
  const searches = several(6, () =>
    tasks.list(busy, aQuery({ search: 'nowhere', count: true })).then(({ total }) => {
      done += 1;
      return total;
    }),
  );
  await new Promise((resolve) => setTimeout(resolve, 5));
  const found = await tasks.list(other, aQuery({ status: 'pending' }));
  t.ok(done < 2, `${done} of 6 were done by then`);
  t.equal(found.tasks.length, 1);
  t.strictSame(await Promise.all(searches), [0, 0, 0, 0, 0, 0]);
  await sql('delete from taskward.tasks where user_id = ?', [busy]);
});
