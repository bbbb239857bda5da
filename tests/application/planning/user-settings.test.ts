import { defaultSettings } from '@taskward/domain';
import t from 'tap';
import { anInstant } from '../../support/builders.ts';
import { anAccount } from './account.ts';

t.test('a change of settings recomputes what dates mean by them, in the same step', async (t) => {
  const { changeSettings, getSettings, owner, actor, create, get, log } = anAccount();
  await create(
    { due_date: '2026-12-01' },
    { due_date: '2026-12-01T09:00' },
    { due_date: '2026-12-01T09:00:00Z' },
    { due_date: '2026-12-01T09:00[Asia/Tokyo]' },
    {},
  );
  t.strictSame(await getSettings(actor, { owner }), defaultSettings);
  const settings = await changeSettings(actor, {
    owner,
    changes: { time_zone: 'europe/berlin', day_starts_at: '04:00' },
  });
  t.strictSame(settings, { time_zone: 'Europe/Berlin', day_starts_at: '04:00', week_starts_on: 'monday' });
  t.strictSame(await getSettings(actor, { owner }), settings);
  const due = await Promise.all([1, 2, 3, 4, 5].map(async (id) => (await get(id)).dueAt));
  t.strictSame(due, [
    '2026-12-02T02:59:59.999Z',
    '2026-12-01T08:00:00.000Z',
    '2026-12-01T09:00:00.000Z',
    '2026-12-01T00:00:00.000Z',
    null,
  ]);
  t.match((await log()).slice(5), [
    { kind: 'updated', taskId: 1, revision: 7, before: {} },
    { kind: 'updated', taskId: 2, revision: 8, before: {} },
  ]);
  t.match([await get(1), await get(3)], [{ revision: 7 }, { revision: 3 }]);
});

t.test('settings that are the same write nothing', async (t) => {
  const { changeSettings, owner, actor, create, stores } = anAccount();
  await create({ due_date: '2026-12-01' });
  for (const changes of [{}, { time_zone: 'utc' }, defaultSettings]) {
    t.strictSame(await changeSettings(actor, { owner, changes }), defaultSettings);
  }
  t.equal(await stores.tasks.revision(owner), 1);
  await changeSettings(actor, { owner, changes: { week_starts_on: 'sunday' } });
  t.equal(await stores.tasks.revision(owner), 2, 'settings that no date depends on change the settings alone');
});

t.test('a reminder that has come due, and was not fired yet, stays', async (t) => {
  const { changeSettings, owner, actor, create, stores, time } = anAccount();
  await create({ reminders: [{ at: '2026-11-20T13:00:00Z' }, { at: '2026-11-20T14:00' }] });
  time.now = anInstant('2026-11-20T13:00:00.500Z');
  await changeSettings(actor, { owner, changes: { time_zone: 'Europe/Lisbon' } });
  await changeSettings(actor, { owner, changes: { time_zone: 'America/New_York' } });
  const remindAt = await stores.tasks.transact(owner, { ids: [1] }, { at: time.now }, (unit) => ({
    result: unit.get(1).remindAt,
    store: false,
  }));
  t.strictSame(remindAt, ['2026-11-20T13:00:00.000Z', '2026-11-20T19:00:00.000Z']);
});

t.test('all faults of settings are told at once, and only their owner has them', async (t) => {
  const { changeSettings, getSettings, owner, actor, stranger, stores } = anAccount();
  const changes = { time_zone: 'Mars/Olympus', day_starts_at: '24:00' };
  await t.rejects(changeSettings(actor, { owner, changes }), {
    code: 'request/invalid',
    faults: [{ field: 'time_zone' }, { field: 'day_starts_at' }],
  });
  await t.rejects(changeSettings(stranger, { owner, changes: {} }), { code: 'auth/wrong-user' });
  await t.rejects(getSettings(stranger, { owner }), { code: 'auth/wrong-user' });
  t.equal(await stores.tasks.revision(owner), 0);
});
