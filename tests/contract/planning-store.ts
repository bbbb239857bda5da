import type { PlanningStore, TaskRepository } from '@taskward/application';
import { defaultSettings, type UserId, type UserSettings } from '@taskward/domain';
import type { Test } from 'tap';
import { aDraft, anInstant, anOrigin, aQuery, aUser, changing } from '../support/builders.ts';

/** The planning store, and the repository of the tasks that it reads. */
export interface PlanningStores {
  readonly tasks: TaskRepository;
  readonly planning: PlanningStore;
}
export type MakePlanningStores = (scope: Test) => Promise<PlanningStores>;

const now = anInstant('2026-11-20T12:00:00.000Z');
const moments = {
  now,
  today: { from: anInstant('2026-11-20T00:00:00.000Z'), before: anInstant('2026-11-21T00:00:00.000Z') },
};
const none = { urgent: 0, high: 0, medium: 0, low: 0, none: 0 };

const changeSettings = (tasks: TaskRepository, owner: UserId, settings: UserSettings, store = true) =>
  tasks.transact(owner, { ids: [] }, anOrigin(), (unit) => {
    unit.changeSettings(settings);
    return { result: unit.settings, store };
  });

const berlin: UserSettings = { time_zone: 'Europe/Berlin', day_starts_at: '04:00', week_starts_on: 'sunday' };

/** What every planning store must do. */
export const testPlanningStore = (t: Test, make: MakePlanningStores): void => {
  t.test('an unknown owner has the default settings, no tasks and no tags', async (t) => {
    const { planning } = await make(t);
    const owner = aUser();
    t.strictSame(await planning.settings(owner), defaultSettings);
    t.strictSame(await planning.summary(owner, moments), {
      revision: 0,
      pending: 0,
      completed: 0,
      priorities: none,
      overdue: 0,
      today: 0,
    });
    t.strictSame(await planning.tags(owner), { revision: 0, tags: [] });
  });

  t.test('settings are stored with a unit of work, whose next one has them, and take a revision', async (t) => {
    const { tasks, planning } = await make(t);
    const [newcomer, owner, other] = [aUser(), aUser(), aUser()];
    await changeSettings(tasks, newcomer, berlin);
    t.strictSame(await planning.settings(newcomer), berlin, 'of who has nothing yet');
    for (const one of [owner, other]) await tasks.add(aDraft(one), anOrigin());
    await changeSettings(tasks, owner, berlin, false);
    t.strictSame(await planning.settings(owner), defaultSettings, 'not stored');
    t.equal(await tasks.revision(owner), 1);
    await changeSettings(tasks, owner, berlin);
    t.strictSame(await planning.settings(owner), berlin);
    t.equal(await tasks.revision(owner), 2);
    const seen = await tasks.transact(owner, { ids: [] }, anOrigin(), (unit) => ({
      result: { settings: unit.settings, added: unit.add(aDraft(owner)).revision },
      store: true,
    }));
    t.strictSame(seen, { settings: berlin, added: 3 });
    await tasks.update(owner, 1, changing(owner, { title: 'New' }), anOrigin());
    t.strictSame(await planning.settings(owner), berlin, 'other writes leave them');
    t.strictSame(await planning.settings(other), defaultSettings);
    const back = { ...berlin, time_zone: 'UTC', day_starts_at: '00:00' };
    await changeSettings(tasks, owner, back);
    t.strictSame(await planning.settings(owner), back);
  });

  t.test('a summary counts open tasks by priority, overdue and today, and all by status', async (t) => {
    const { tasks, planning } = await make(t);
    const [owner, other] = [aUser(), aUser()];
    await tasks.add(aDraft(other, { priority: 'low', due_date: '2026-11-19' }), anOrigin());
    const contents = [
      { priority: 'urgent', due_date: '2026-11-19' },
      { priority: 'urgent', due_date: '2026-11-20' },
      { priority: 'high', due_date: '2026-11-20T11:59:59.999Z' },
      { priority: 'low', due_date: '2026-11-20T12:00:00Z' },
      { due_date: '2026-11-21' },
      {},
      { priority: 'medium', due_date: '2026-11-19', completed: true },
      { completed: true },
    ] as const;
    for (const content of contents) await tasks.add(aDraft(owner, content), anOrigin());
    const expected = {
      revision: 8,
      pending: 6,
      completed: 2,
      priorities: { ...none, urgent: 2, high: 1, low: 1, none: 2 },
      overdue: 2,
      today: 3,
    };
    t.strictSame(await planning.summary(owner, moments), expected);
    await tasks.update(owner, 1, changing(owner, { completed: true }), anOrigin());
    await tasks.remove(owner, 4, anOrigin());
    t.strictSame(await planning.summary(owner, moments), {
      revision: 10,
      pending: 4,
      completed: 3,
      priorities: { ...none, urgent: 1, high: 1, none: 2 },
      overdue: 1,
      today: 2,
    });
  });

  t.test('tags are one whatever their case, named as the task that changed last has them, in order', async (t) => {
    const { tasks, planning } = await make(t);
    const [owner, other] = [aUser(), aUser()];
    await tasks.add(aDraft(other, { tags: ['theirs'] }), anOrigin());
    const contents = [
      { tags: ['home', 'Éclair', '%'] },
      { tags: ['HOME', '😀'], completed: true },
      { tags: ['a"\\{},', 'e\u0301clair'] },
      {},
    ];
    for (const content of contents) await tasks.add(aDraft(owner, content), anOrigin());
    const others = [
      { name: '%', pending: 1, completed: 0 },
      { name: 'a"\\{},', pending: 1, completed: 0 },
    ];
    const eclair = { name: 'éclair', pending: 2, completed: 0 };
    const smile = { name: '😀', pending: 0, completed: 1 };
    const home = { name: 'HOME', pending: 1, completed: 1 };
    t.strictSame(await planning.tags(owner), { revision: 4, tags: [...others, home, eclair, smile] });
    await tasks.update(owner, 1, changing(owner, { remove_tags: ['%'], add_tags: ['Zoo'] }), anOrigin());
    await tasks.remove(owner, 2, anOrigin());
    t.strictSame(await planning.tags(owner), {
      revision: 6,
      tags: [
        others[1],
        { name: 'home', pending: 1, completed: 0 },
        { name: 'Zoo', pending: 1, completed: 0 },
        { ...eclair, name: 'Éclair' },
      ],
    });
    t.equal((await tasks.list(owner, aQuery({ tags: ['ÉCLAIR'] }))).tasks.length, 2, 'as filters compare them');
  });
};
