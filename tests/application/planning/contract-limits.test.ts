import { defaultLimits } from '@taskward/application';
import t from 'tap';
import { anAccount } from './account.ts';

t.test('the bounds of the contract are the same for everybody', async (t) => {
  const { contractLimits } = anAccount();
  t.strictSame(contractLimits(), {
    text_lengths: {
      title: { min: 1, max: 200 },
      description: { min: 0, max: 1000 },
      tag: { min: 1, max: 50 },
      search: { min: 1, max: 100 },
    },
    tags_per_task: 20,
    reminders_per_task: 10,
    metadata_bytes_per_task: 4096,
    reminder_days: 366,
    page: { min: 1, max: 500 },
    offset: { min: 0, max: 10_000 },
    batch: { min: 1, max: 100 },
    tasks_per_change: 10_000,
    tasks_per_user: 100_000,
    idempotency: { keys_per_user: 20_000, bytes_per_user: 16_777_216, lifetime_seconds: 86_400 },
  });
});

t.test('an owner sees how much of them they use', async (t) => {
  const { ownerLimits, contractLimits, create, owner, actor, stranger } = anAccount({
    ...defaultLimits,
    tasksPerUser: 3,
  });
  await create({}, { completed: true });
  const limits = await ownerLimits(actor, { owner });
  t.strictSame(limits, { ...contractLimits(), used: { tasks_per_user: 2 } });
  t.equal(limits.tasks_per_user, 3);
  await t.rejects(ownerLimits(stranger, { owner }), { code: 'auth/wrong-user' });
});
