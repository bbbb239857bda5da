import { changesIn, type Task, taskIn } from '../../api-styles.ts';
import type { Clause, Probe } from '../../clause.ts';
import type { HttpResponse } from '../../http-messages.ts';
import { demandHeader, demandSame, demandStatus, expectError, expectErrorWithin } from '../../unmet.ts';

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `tag ${index}`);

const patch = ({ call }: Probe, { id }: Task, content: object): Promise<HttpResponse> =>
  call('PATCH', `/${id}`, content);

const tagsOf = async ({ read }: Probe, { id }: Task): Promise<readonly string[]> => (await read(id)).tags;

const pathOf = (name: string) => `/tags/${encodeURIComponent(name)}`;

const addTagged = async ({ add }: Probe) => [
  await add({ tags: ['Home', 'garden'] }),
  await add({ tags: ['first', 'home'], completed: true }),
  await add({ tags: ['work'] }),
];

const changedCount = ({ style }: Probe, response: HttpResponse, tasks: number): void => {
  demandStatus(response, 200);
  demandSame(response, 'the result', style.data(response), { tasks });
};

/** Tags: what they may be, and what is done to one on all tasks. */
export const tags: Clause[] = [
  {
    id: 'tags.normalised',
    says: 'Tags are trimmed, in NFC, and unique without regard to case: the first spelling stays, and so does the order.',
    mend: 'Store the tags in the order in which they came, without those that are there already in another case.',
    async check({ call, style }) {
      const sent = [' work ', 'Home', 'cafe\u0301', 'HOME', 'Work'];
      const response = await call('POST', '', { title: 'x', tags: sent });
      demandSame(response, 'the tags', taskIn(style, response, 201).tags, ['work', 'Home', 'caf\u00e9']);
    },
  },
  {
    id: 'tags.bounds',
    says: 'A task has up to 20 tags of 1 to 50 characters, counted as code points; others are refused with 422.',
    mend: 'Count after trimming, and name `tags` in `errors`.',
    async check({ add, call }) {
      const task = await add({ tags: [...numbered(19), '😀'.repeat(50)] });
      demandSame(undefined, 'the number of tags', task.tags.length, 20);
      for (const tags of [numbered(21), [' '], ['😀'.repeat(51)]]) {
        expectErrorWithin(await call('POST', '', { title: 'x', tags }), 'tags');
      }
    },
  },
  {
    id: 'tags.add-remove',
    says: 'PATCH with add_tags adds at the end, and with remove_tags takes off: tags that another device set stay.',
    mend: 'Apply both to the tags that the task has now; ignore one that is there, or not there, already.',
    async check(probe) {
      const task = await probe.add({ tags: ['a', 'b'] });
      const response = await patch(probe, task, { add_tags: ['c', 'A'], remove_tags: ['B', 'x'] });
      demandSame(response, 'the tags', taskIn(probe.style, response).tags, ['a', 'c']);
      demandStatus(await patch(probe, task, { add_tags: numbered(19) }), 422);
      demandSame(undefined, 'the tags after a change that was refused', await tagsOf(probe, task), ['a', 'c']);
    },
  },
  {
    id: 'tags.add-with-tags',
    says: 'tags together with add_tags or remove_tags is refused with 422.',
    mend: 'Refuse the pair: a client means all of the tags, or a difference.',
    async check(probe) {
      const task = await probe.add({ tags: ['a'] });
      expectError(await patch(probe, task, { tags: ['b'], add_tags: ['c'] }), 422, 'tags');
      expectError(await patch(probe, task, { tags: ['b'], remove_tags: ['a'] }), 422, 'tags');
    },
  },
  {
    id: 'tags.list',
    says: 'GET …/tasks/tags lists each tag once, in the order of their texts, with how many tasks have it: {name, pending, completed}.',
    mend: 'Count without regard to case, open and completed tasks apart, and leave out tags that no task has.',
    needs: ['empty'],
    async check(probe) {
      await addTagged(probe);
      const response = await probe.call('GET', '/tags');
      demandStatus(response, 200);
      const found = (probe.style.data(response) ?? []) as { name?: string }[];
      const named = found.map((tag) => ({ ...tag, name: tag.name?.toLowerCase() }));
      demandSame(response, 'the tags', named, [
        { name: 'first', pending: 0, completed: 1 },
        { name: 'garden', pending: 1, completed: 0 },
        { name: 'home', pending: 1, completed: 1 },
        { name: 'work', pending: 1, completed: 0 },
      ]);
      const tag = { 'if-none-match': demandHeader(response, 'ETag') };
      demandStatus(await probe.call('GET', '/tags', undefined, tag), 304);
    },
  },
  {
    id: 'tags.rename',
    says: 'PATCH …/tasks/tags/{name} renames the tag in its place on all tasks that have it, in any case, and says how many.',
    mend: 'Answer 200 with `{tasks}`, and leave the other tags of each task where they are.',
    needs: ['empty'],
    async check(probe) {
      const [one, two, three] = (await addTagged(probe)) as [Task, Task, Task];
      changedCount(probe, await probe.call('PATCH', pathOf('HOME'), { name: ' at home ' }), 2);
      demandSame(undefined, 'the tags', await tagsOf(probe, one), ['at home', 'garden']);
      demandSame(undefined, 'the tags', await tagsOf(probe, two), ['first', 'at home']);
      demandSame(undefined, 'the task without the tag', await probe.read(three.id), three);
    },
  },
  {
    id: 'tags.rename-taken',
    says: 'A name that another tag has gets 409, and changes nothing; with "merge": true both become one, once on each task.',
    mend: 'Merge only where the client says so.',
    needs: ['empty'],
    async check(probe) {
      const [one, , three] = (await addTagged(probe)) as [Task, Task, Task];
      const response = await probe.call('PATCH', pathOf('home'), { name: 'Garden' });
      demandStatus(response, 409);
      demandSame(response, 'the task', await probe.read(one.id), one);
      changedCount(probe, await probe.call('PATCH', pathOf('home'), { name: 'Garden', merge: true }), 2);
      const merged = (await tagsOf(probe, one)).map((tag) => tag.toLowerCase());
      demandSame(undefined, 'the tags', merged, ['garden']);
      changedCount(probe, await probe.call('PATCH', pathOf('work'), { name: 'WORK' }), 1);
      demandSame(undefined, 'the tags in another case', await tagsOf(probe, three), ['WORK']);
    },
  },
  {
    id: 'tags.remove',
    says: 'DELETE …/tasks/tags/{name} takes the tag off all tasks, which stay, and says how many.',
    mend: 'Answer 200 with `{tasks}`.',
    needs: ['empty'],
    async check(probe) {
      const [one, two] = (await addTagged(probe)) as [Task, Task];
      changedCount(probe, await probe.call('DELETE', pathOf('Home')), 2);
      demandSame(undefined, 'the tags', [await tagsOf(probe, one), await tagsOf(probe, two)], [['garden'], ['first']]);
    },
  },
  {
    id: 'tags.logged',
    says: 'Each task that a change of a tag touched is in its history, and all of them are undone as one.',
    mend: 'Log one change for each task, with one `batch`.',
    needs: ['empty'],
    async check(probe) {
      const { call, style } = probe;
      const [one, two] = (await addTagged(probe)) as [Task, Task];
      changedCount(probe, await call('PATCH', pathOf('home'), { name: 'house' }), 2);
      const { revision } = await probe.read(two.id);
      const response = await call('POST', `/changes/${revision}/undo`);
      demandStatus(response, 200);
      demandSame(response, 'the number of tasks', changesIn(response, style.data(response)).length, 2);
      demandSame(undefined, 'the tags', [await tagsOf(probe, one), await tagsOf(probe, two)], [one.tags, two.tags]);
    },
  },
  {
    id: 'tags.missing',
    says: 'A tag that no task has gets 404, and a new name that no tag can have 422.',
    mend: 'Look among the tags of the user’s tasks, and check `name` as any tag.',
    async check(probe) {
      await probe.add({ tags: ['a tag to check names with'] });
      demandStatus(await probe.call('PATCH', pathOf('no such tag'), { name: 'x' }), 404);
      demandStatus(await probe.call('DELETE', pathOf('no such tag')), 404);
      const rename = (name: unknown) => probe.call('PATCH', pathOf('a tag to check names with'), { name } as object);
      for (const name of ['', 'x'.repeat(51), null]) expectError(await rename(name), 422, 'name');
    },
  },
];
