import type { LocalTask } from '@taskward/client';
import t from 'tap';
import { repeatFormOf, repeatOfForm, ruleOfForm } from '../../apps/web/src/ui/task/repeat-form.ts';
import { changesOf, faultOf, formOf, type TaskForm, withTags } from '../../apps/web/src/ui/task/task-form.ts';

const reader = {
  locale: 'en-GB',
  settings: { time_zone: 'Europe/Berlin', day_starts_at: '00:00', week_starts_on: 'monday' },
} as const;

const aTask = (values: Partial<LocalTask> = {}): LocalTask => ({
  ...{ key: 1, id: 1, title: 'Pay', description: null, completed: false, priority: null, tags: ['home'] },
  ...{ due_date: null, due_at: null, repeat: null, reminders: [], metadata: {}, position: 'h1', completed_at: null },
  ...{ created_at: '2026-11-20T09:30:00.000Z', updated_at: '2026-11-20T09:30:00.000Z', revision: 1, isPending: false },
  ...values,
});

const changesAfter = (task: LocalTask, fields: Partial<TaskForm>) => {
  const before = formOf(task, reader);
  return changesOf({ ...before, ...fields }, before, task, reader);
};

const monthly = { rule: 'FREQ=MONTHLY', from: 'due', short_months: 'skip', start: '2026-11-01' } as const;

t.test('A form that was not touched changes nothing, whatever the task has', async (t) => {
  const tasks = [
    aTask(),
    aTask({ due_date: '2026-12-01T09:00:00Z', repeat: { ...monthly, rule: 'FREQ=YEARLY;BYMONTH=2' } }),
    aTask({ due_date: '2026-12-01T09:00[Asia/Tokyo]', repeat: monthly, reminders: [{ before: 'PT30M' }] }),
  ];
  for (const task of tasks) t.strictSame(changesAfter(task, {}), {});
});

t.test('Only what was changed is sent, and what is empty clears the field', async (t) => {
  t.strictSame(changesAfter(aTask(), { title: 'Pay more' }), { title: 'Pay more' });
  t.strictSame(changesAfter(aTask({ description: 'x' }), { description: '' }), { description: null });
  t.strictSame(changesAfter(aTask({ priority: 'low' }), { priority: '' }), { priority: null });
  t.strictSame(changesAfter(aTask({ due_date: '2026-12-01' }), { day: '' }), { due_date: null });
  t.strictSame(changesAfter(aTask(), { tags: ['home', 'x'] }), { tags: ['home', 'x'] });
});

t.test('A due date keeps its form', async (t) => {
  const moved = (due_date: string) => changesAfter(aTask({ due_date }), { day: '2026-12-24', time: '10:00' });
  t.strictSame(changesAfter(aTask({ due_date: '2026-12-01' }), { day: '2026-12-24' }), { due_date: '2026-12-24' });
  t.strictSame(moved('2026-12-01T09:00'), { due_date: '2026-12-24T10:00' });
  t.strictSame(moved('2026-12-01T09:00[Asia/Tokyo]'), { due_date: '2026-12-24T10:00[Asia/Tokyo]' });
  t.strictSame(moved('2026-12-01T09:00:00Z'), { due_date: '2026-12-24T10:00[Europe/Berlin]' });
});

t.test('Whether the series moves is sent with a new date of a recurring task only', async (t) => {
  const task = aTask({ due_date: '2026-12-01', repeat: monthly });
  const moved = { day: '2026-12-02', scope: 'series' } as const;
  t.strictSame(changesAfter(task, moved), { due_date: '2026-12-02', scope: 'series' });
  t.strictSame(changesAfter(task, { scope: 'series' }), {});
  t.strictSame(changesAfter(aTask({ due_date: '2026-12-01' }), moved), { due_date: '2026-12-02' });
});

t.test('Rules that have a form come back as they were, and others as a text', async (t) => {
  const rules = ['FREQ=DAILY', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'FREQ=YEARLY'];
  for (const rule of rules) {
    const form = repeatFormOf({ ...monthly, rule });
    t.not(form.every, 'rule');
    t.equal(ruleOfForm(form), rule);
  }
  for (const rule of ['FREQ=MONTHLY;BYDAY=1MO', 'FREQ=DAILY;COUNT=3', 'FREQ=WEEKLY;BYDAY=1MO']) {
    const form = repeatFormOf({ ...monthly, rule });
    t.equal(form.every, 'rule');
    t.equal(ruleOfForm(form), rule);
  }
});

t.test('A changed rule keeps what the form does not show, and is counted anew', async (t) => {
  const form = repeatFormOf(monthly);
  t.strictSame(repeatOfForm({ ...form, fromCompletion: true }, monthly), { ...monthly, from: 'completion' });
  t.strictSame(repeatOfForm({ ...form, interval: 2 }, monthly), {
    rule: 'FREQ=MONTHLY;INTERVAL=2',
    from: 'due',
    short_months: 'skip',
  });
  t.equal(repeatOfForm({ ...form, every: 'never' }, monthly), null);
});

t.test('A form says what is wrong with it', async (t) => {
  const form = formOf(aTask(), reader);
  t.equal(faultOf(form), undefined);
  t.match(faultOf({ ...form, title: ' ' }), /title/);
  t.match(faultOf({ ...form, time: '09:00' }), /day/);
  t.match(faultOf({ ...form, repeat: { ...form.repeat, every: 'day' } }), /due first/);
  t.match(faultOf({ ...form, day: '2026-12-01', repeat: { ...form.repeat, every: 'rule' } }), /rule/);
});

t.test('Tags are split at commas, and none is there twice', async (t) => {
  t.strictSame(withTags(['Home'], ' home, #garden,, work '), ['Home', 'garden', 'work']);
});
