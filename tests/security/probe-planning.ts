import type { UseCases } from '@taskward/application';
import { ownerActor, type Place, type TaskContent, type UserId } from '@taskward/domain';
import { aQuery, aUser, sortedBy } from '../support/builders.ts';
import type { Probed } from './probe-requests.ts';
import { aTranscript } from './transcript.ts';

// More than the neighbours on both sides of a move, so that another user's would take the place of some.
const count = 40;

const listing = { limit: 500, sort: sortedBy('position') };

/** Plans as one user, while another has the same tasks, otherwise planned. */
export const probePlanning = async (useCases: UseCases): Promise<Probed> => {
  const [me, other] = [aUser(), aUser()];
  const faults: string[] = [];
  const { lines, note } = aTranscript({ me, other });
  const listOf = (owner: UserId) => useCases.listTasks(ownerActor(owner), { owner, query: aQuery(listing) });
  const move = (owner: UserId, id: number, to: Place) => useCases.moveTask(ownerActor(owner), { owner, id, to });
  const addAll = (owner: UserId, contentOf: (n: number) => Partial<TaskContent>) => {
    const contents = Array.from({ length: count }, (_, index): TaskContent => {
      const n = index + 1;
      return { title: `${owner === me ? 'mine' : 'of the other'} ${n}`, ...contentOf(n) };
    });
    const operations = contents.map((content) => ({ kind: 'create', content }) as const);
    return useCases.applyBatch(ownerActor(owner), { owner, operations, atomic: true, dryRun: false });
  };
  await addAll(other, (n) => ({
    tags: n % 2 === 0 ? ['Theirs', 'home'] : ['HOME'],
    priority: 'urgent',
    due_date: '2026-11-19',
    repeat: n === 5 ? 'daily' : null,
  }));
  await useCases.changeSettings(ownerActor(other), { owner: other, changes: { time_zone: 'Asia/Tokyo' } });
  const completed = { id: 5, change: { kind: 'complete', completed: true } } as const;
  await useCases.changeTask(ownerActor(other), { owner: other, ...completed });
  await addAll(me, (n) => ({
    ...(n % 3 === 0 && { tags: ['home'], priority: 'low' }),
    ...(n % 5 === 0 && { due_date: `2026-12-${n % 28}`.replace(/-(\d)$/, '-0$1') }),
    ...(n === 5 && { repeat: 'weekly', reminders: [{ before: 'PT1H' }] }),
  }));
  // The same ids are elsewhere in the order of the other.
  for (const id of [1, 2, 3]) await move(other, id, { to: 'bottom' });
  for (const id of [21, 35]) await move(other, id, { to: 'top' });
  const everythingOf = async (owner: UserId) => {
    const actor = ownerActor(owner);
    const [list, settings, summary] = [
      await listOf(owner),
      await useCases.getSettings(actor, { owner }),
      await useCases.taskSummary(actor, { owner }),
    ];
    return JSON.stringify({ list, settings, summary });
  };
  const theirs = await everythingOf(other);

  const actor = ownerActor(me);
  const owner = me;
  const steps: Record<string, () => Promise<unknown>> = {
    'my settings': () => useCases.getSettings(actor, { owner }),
    'another zone': () => useCases.changeSettings(actor, { owner, changes: { time_zone: 'America/New_York' } }),
    'my zone': () => useCases.getSettings(actor, { owner }),
    'my summary': () => useCases.taskSummary(actor, { owner }),
    'to the top': () => move(me, 30, { to: 'top' }),
    'to the bottom': () => move(me, 2, { to: 'bottom' }),
    before: () => move(me, 40, { before: 3 }),
    after: () => move(me, 39, { after: 1 }),
    'after one that was moved': () => move(me, 38, { after: 2 }),
    'to the top again': () => move(me, 37, { to: 'top' }),
    'a tag that another has': () => useCases.renameTag(actor, { owner, name: 'home', newName: 'theirs' }),
    'no tag': () => useCases.removeTag(actor, { owner, name: 'home' }).catch(({ code }) => code),
    'a tag': () => useCases.removeTag(actor, { owner, name: 'theirs' }),
    'an occurrence': () => useCases.changeTask(actor, { owner, ...completed }),
    occurrences: () => useCases.listOccurrences(actor, { owner, id: 5, limit: 10 }),
    'no occurrence': () => useCases.listOccurrences(actor, { owner, id: 6, limit: 10 }),
    tags: () => useCases.listTags(actor, { owner }),
    'what is due next': () =>
      useCases.listTasks(actor, { owner, query: aQuery({ ...listing, sort: sortedBy('due_date') }) }),
    'what is due': () => useCases.listTasks(actor, { owner, query: { ...aQuery(listing), due: 'overdue' } }),
  };
  for (const [name, step] of Object.entries(steps)) {
    note(name, await step());
    const list = JSON.stringify(await listOf(me));
    note('then', list);
    if (list.includes('of the other')) faults.push(`${name}: shows`);
    if (faults.length > 0) return { faults, lines };
  }
  if ((await everythingOf(other)) !== theirs) faults.push('planning: reaches');
  return { faults, lines };
};
