import t from 'tap';
import { aDatabase, compare } from './support.ts';

t.test('20 000 random commands: over PostgreSQL every answer is the one over the stores in memory', async (t) => {
  const databaseUrl = await aDatabase(t);
  const faces = ['bare', 'envelope'] as const;
  const outcomes = await Promise.all(
    faces.map((face, seed) => compare(t, { databaseUrl, face, commands: 10_000, seed: 1_000 * seed, mutations: [] })),
  );
  let sum = 0;
  for (const { commands, difference, statuses, replayed, kinds } of outcomes) {
    sum += commands;
    t.equal(difference, undefined);
    for (const status of [200, 201, 304, 403, 404, 412, 422]) t.ok((statuses[status] ?? 0) > 30, `${status} was seen`);
    t.ok(replayed > 100, `${replayed} answers were given again`);
    for (const [kind, count] of Object.entries(kinds)) t.ok(count > 300, `${count} × ${kind}`);
  }
  t.ok(sum >= 20_000, `${sum} commands`);
});
