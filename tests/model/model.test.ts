import t from 'tap';
import { scaled } from '../support/scale.ts';
import { aDatabase, compare } from './support.ts';

const commands = scaled(20_000, 6_000);

t.test(`${commands} random commands: PostgreSQL gives the same responses as the stores in memory`, async (t) => {
  const styles = ['bare', 'envelope'] as const;
  // A database each: a purge by one API's clock would remove the responses of the other.
  const outcomes = await Promise.all(
    styles.map(async (style, seed) =>
      compare(t, { databaseUrl: await aDatabase(t), style, commands: commands / 2, seed: 1_000 * seed, mutations: [] }),
    ),
  );
  let sum = 0;
  for (const { commands: done, difference, statuses, replayed, kinds } of outcomes) {
    sum += done;
    t.equal(difference, undefined);
    for (const status of [200, 201, 304, 403, 404, 409, 412, 422])
      t.ok((statuses[status] ?? 0) > commands / 1_000, `${status} was seen`);
    t.ok((statuses[410] ?? 0) > 0, 'a purged task was to be restored');
    t.ok(replayed > commands / 200, `${replayed} responses were replayed`);
    for (const [kind, count] of Object.entries(kinds)) t.ok(count > commands / 70, `${count} × ${kind}`);
  }
  t.ok(sum >= commands, `${sum} commands`);
});
