import type { Test } from 'tap';
import { anInstant, anOrigin, aUser, changing } from '../support/builders.ts';
import { aReminding, remind } from '../support/reminders.ts';
import { entriesOf, type MakeChangeStores } from './change-stores.ts';

const nine = anInstant('2026-12-01T09:00:00.000Z');
const reminder = { at: nine, late: false };

/** What every log of changes must do with reminders. */
export const testLoggedReminders = (t: Test, make: MakeChangeStores): void => {
  const aReminded = async (t: Test) => {
    const stores = await make(t);
    const owner = aUser();
    await stores.tasks.add(aReminding(owner, nine), anOrigin());
    await remind(stores.tasks, owner, 1, reminder);
    return { ...stores, owner };
  };

  t.test('a reminder is beside the changes: it changes no task', async (t) => {
    const { changes, tasks, owner } = await aReminded(t);
    const page = await changes.since(owner, 0, 10);
    t.match(page, { revision: 2, upTo: 2, hasMore: false });
    t.match(page.changes, [{ kind: 'put', task: { id: 1, revision: 1 } }]);
    t.match(page.reminders, [{ revision: 2, reminder, task: { id: 1, title: 'Call', revision: 1 } }]);
    t.match(await changes.since(owner, 1, 10), { changes: [], reminders: [{ revision: 2 }], upTo: 2 });
    t.match(await changes.since(owner, 2, 10), { changes: [], reminders: [], upTo: 2 });
    t.match(await changes.since(owner, 0, 1), { reminders: [], upTo: 1, hasMore: true });

    await tasks.update(owner, 1, changing(owner, { title: 'Call back' }), anOrigin());
    t.match((await changes.since(owner, 1, 10)).reminders, [
      { revision: 2, task: { title: 'Call back', revision: 3 } },
    ]);
    await tasks.remove(owner, 1, anOrigin());
    t.same((await changes.since(owner, 1, 10)).reminders, [], 'there is nothing left to be reminded of');
  });

  t.test('it is in the history, in the list of all changes, and in neither the trash nor its way', async (t) => {
    const { changes, tasks, owner } = await aReminded(t);
    const entry = { kind: 'reminded', reminder, taskId: 1, revision: 2, at: nine };
    t.match(await entriesOf(changes, owner, 1), [entry, { kind: 'created' }]);
    t.match(await changes.latest(owner, { before: undefined, after: undefined }, 10), [
      { change: entry, title: 'Call' },
      { change: { kind: 'created' } },
    ]);
    await tasks.remove(owner, 1, anOrigin());
    t.match(await changes.trash(owner, undefined, 10), [{ id: 1, revision: 3 }]);
    t.equal(await changes.purgeTrash(owner, 1, 10), 1);
    t.match(await entriesOf(changes, owner, 1), [{ kind: 'deleted' }, entry, { kind: 'created' }], 'it has no content');
  });

  t.test('retention removes it as any other entry', async (t) => {
    const { changes, changeRetention, owner } = await aReminded(t);
    const expired = { now: anInstant('2026-12-02T09:00:00.000Z'), lifetime: 3_600_000, owner };
    t.equal(await changeRetention.count(expired), 2);
    t.equal(await changeRetention.purge({ ...expired, limit: 10 }), 2);
    t.match(await changes.since(owner, 2, 10), { oldest: 2, reminders: [], upTo: 2 });
  });
};
