import { listIdentity, type TaskList } from '@taskward/application';
import t from 'tap';
import { aQuery, sortedBy } from '../support/builders.ts';

const identity = (list: object) => JSON.stringify(listIdentity({ ...aQuery(), ...list } as TaskList));

t.test('whatever a list selects and sorts by tells it from others, also what was added last', async (t) => {
  const lists = [
    {},
    { status: 'pending' },
    { search: 'a' },
    { search: '' },
    { sort: sortedBy('title') },
    { sort: sortedBy('created_at') },
  ];
  const added = [{ addedLast: 'a' }, { addedLast: 'b' }, { addedLast: 0 }, { addedLast: false }, { addedLast: null }];
  const identities = [...lists, ...added].map(identity);
  t.equal(new Set(identities).size, identities.length, identities.join('\n'));
});

t.test('the page of a list, and how it is written down, do not', async (t) => {
  const { status, ...rest } = aQuery({ search: 'a' });
  for (const same of [
    { ...rest, status },
    aQuery({ search: 'a', limit: 1, offset: 2, count: true }),
    aQuery({ search: 'a', after: { values: ['a'], id: 1 } }),
    { ...aQuery({ search: 'a' }), addedLast: undefined },
  ]) {
    t.equal(JSON.stringify(listIdentity(same)), identity({ search: 'a' }), JSON.stringify(same));
  }
});
