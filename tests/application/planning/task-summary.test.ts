import t from 'tap';
import { anInstant } from '../../support/builders.ts';
import { anAccount } from './account.ts';

t.test('the summary counts by status, priority, tag, and by the day of the owner', async (t) => {
  const { taskSummary, listTags, changeSettings, owner, actor, create, time } = anAccount();
  await create(
    { priority: 'high', tags: ['Home'], due_date: '2026-11-19' },
    { priority: 'high', tags: ['home', 'work'], due_date: '2026-11-20' },
    { due_date: '2026-11-20T11:00:00Z' },
    { due_date: '2026-11-21' },
    { priority: 'low', tags: ['home'], due_date: '2026-11-19', completed: true },
  );
  const tags = [
    { name: 'home', pending: 2, completed: 1 },
    { name: 'work', pending: 1, completed: 0 },
  ];
  t.strictSame(await taskSummary(actor, { owner }), {
    revision: 5,
    pending: 4,
    completed: 1,
    priorities: { none: 2, urgent: 0, high: 2, medium: 0, low: 0 },
    overdue: 2,
    today: 2,
    tags,
  });
  t.strictSame(await listTags(actor, { owner }), { revision: 5, tags });

  time.now = anInstant('2026-11-20T23:30:00.000Z');
  t.match(await taskSummary(actor, { owner }), { overdue: 2, today: 2 });
  await changeSettings(actor, { owner, changes: { time_zone: 'Asia/Tokyo' } });
  t.match(await taskSummary(actor, { owner }), { overdue: 3, today: 1 }, 'it is tomorrow in Tokyo');
});

t.test('the counts of somebody who has no tasks, and of somebody else', async (t) => {
  const { taskSummary, listTags, owner, actor, stranger } = anAccount();
  t.match(await taskSummary(actor, { owner }), { revision: 0, pending: 0, completed: 0, tags: [] });
  t.strictSame(await listTags(actor, { owner }), { revision: 0, tags: [] });
  await t.rejects(taskSummary(stranger, { owner }), { code: 'auth/wrong-user' });
  await t.rejects(listTags(stranger, { owner }), { code: 'auth/wrong-user' });
});
