import t from 'tap';
import type { Mutation } from '../support/mutation.ts';
import { aDatabase, compare } from './support.ts';

const faults: Record<string, Mutation> = {
  'a delete is not counted': {
    file: 'task-writes.ts',
    from: 'set revision = u.revision + 1, removed_count',
    to: 'set revision = u.revision, removed_count',
  },
  'a response is stored for ever': {
    file: 'idempotency-store.ts',
    from: / and created_at > \$3.*(?=`)/g,
    to: ' and $3::timestamptz is not null and $4::bigint is not null',
  },
  'the trash has what was restored': {
    file: 'change-log.ts',
    from: 'later.revision > c.revision)',
    to: 'later.revision > c.revision + 1000)',
  },
  'ties on a page are in any order': { file: 'task-lists.ts', from: /`id \$\{lastOrder\(sort\)\}`,/g, to: '' },
};

t.test('it finds planted faults: this test can fail', async (t) => {
  const found = async ([name, fault]: [string, Mutation]) => {
    const { difference } = await compare(t, {
      databaseUrl: await aDatabase(t),
      style: 'bare',
      commands: 8_000,
      seed: 7,
      mutations: [fault],
    });
    t.type(difference, 'string', name);
  };
  await Promise.all(Object.entries(faults).map(found));
});
