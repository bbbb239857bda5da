import { type Task, taskIn } from '../../api-styles.ts';
import type { Clause, Probe } from '../../clause.ts';
import { demandSame, expectError } from '../../unmet.ts';

const maxBytes = 4_096;

// Two bytes of UTF-8 each, so that a server that counts characters is noticed.
const wide = 'é'.repeat(1_000);

const ofSize = (bytes: number) => ({
  text: `${wide}${'x'.repeat(bytes - Buffer.byteLength(JSON.stringify({ text: wide })))}`,
});

const everyKind = {
  project: 'garden',
  camelCase: '',
  'With spaces, ü and 😀': ' as it is ',
  size: -3.5,
  done: false,
  at: { snake_case: { deep: true }, empty: {} },
  list: [1, null, 'x', { a: null }, []],
};

const patched = async ({ call, style }: Probe, { id }: Task, metadata: object): Promise<unknown> =>
  taskIn(style, await call('PATCH', `/${id}`, { metadata })).metadata;

/** What clients keep with a task of their own. */
export const metadata: Clause[] = [
  {
    id: 'metadata.kept',
    says: 'metadata is an object of the client’s own: whatever JSON is in it is in the response, and in the task when it is read.',
    mend: 'Store the object as it is, with POST, PUT and PATCH alike: change no name, and no value into a text.',
    async check({ add, call, style, read }) {
      const [one, other] = [await add(), await add()];
      const sent = { title: 'x', metadata: everyKind };
      for (const task of [
        await add(sent),
        taskIn(style, await call('PUT', `/${one.id}`, sent)),
        taskIn(style, await call('PATCH', `/${other.id}`, sent)),
      ]) {
        demandSame(undefined, 'the metadata', task.metadata, everyKind);
        demandSame(undefined, 'the metadata when it is read', (await read(task.id)).metadata, everyKind);
      }
    },
  },
  {
    id: 'metadata.merged',
    says: 'An update merges metadata (RFC 7396): members that are left out stay, objects are merged, other values replace what was there.',
    mend: 'Merge what was sent into what the task has now, with PUT, PATCH and in a batch, at every level.',
    async check(probe) {
      const { add, call, style, read } = probe;
      const task = await add({ metadata: { project: 'garden', at: { bed: 1, row: 2 }, list: ['a', 'b'] } });
      for (const [sent, wanted] of [
        [{}, { project: 'garden', at: { bed: 1, row: 2 }, list: ['a', 'b'] }],
        [{ at: { row: 3 } }, { project: 'garden', at: { bed: 1, row: 3 }, list: ['a', 'b'] }],
        [{ list: ['c'] }, { project: 'garden', at: { bed: 1, row: 3 }, list: ['c'] }],
        [
          { at: 'home', list: { a: 1 } },
          { project: 'garden', at: 'home', list: { a: 1 } },
        ],
      ] as const) {
        const what = `the metadata after ${JSON.stringify(sent)}`;
        demandSame(undefined, what, await patched(probe, task, sent), wanted);
      }
      const response = await call('PUT', `/${task.id}`, { metadata: { list: { b: 2 } } });
      const afterPut = { project: 'garden', at: 'home', list: { a: 1, b: 2 } };
      demandSame(response, 'the metadata after a PUT', taskIn(style, response).metadata, afterPut);
      await call('POST', '/batch', { operations: [{ op: 'update', id: task.id, metadata: { at: 'work' } }] });
      const { metadata } = await read(task.id);
      demandSame(undefined, 'the metadata after a batch', metadata, { ...afterPut, at: 'work' });
    },
  },
  {
    id: 'metadata.null-removes',
    says: 'null removes a member of metadata, also of an object within, and is not stored.',
    mend: 'Remove the member, in a new task too; one that is not there is no error.',
    async check(probe) {
      const task = await probe.add({ metadata: { project: 'garden', at: { bed: 1, row: 2 }, none: null } });
      demandSame(undefined, 'the metadata', task.metadata, { project: 'garden', at: { bed: 1, row: 2 } });
      for (const [sent, wanted] of [
        [{ project: null, missing: null }, { at: { bed: 1, row: 2 } }],
        [{ at: { bed: null } }, { at: { row: 2 } }],
        [{ at: null }, {}],
      ] as const) {
        const what = `the metadata after ${JSON.stringify(sent)}`;
        demandSame(undefined, what, await patched(probe, task, sent), wanted);
      }
    },
  },
  {
    id: 'metadata.size',
    says: 'metadata has at most 4096 bytes of JSON, as it is after the merge; more is refused with 422 that names metadata.',
    mend: 'Count bytes of UTF-8, without white space between values, and write nothing of what is refused.',
    async check({ add, call, read }) {
      const task = await add({ metadata: ofSize(maxBytes) });
      demandSame(undefined, 'the metadata', task.metadata, ofSize(maxBytes));
      expectError(await call('POST', '', { title: 'x', metadata: ofSize(maxBytes + 1) }), 422, 'metadata');
      expectError(await call('PATCH', `/${task.id}`, { metadata: { more: 1 } }), 422, 'metadata');
      demandSame(undefined, 'the task after a change that was refused', await read(task.id), task);
    },
  },
  {
    id: 'metadata.bad',
    says: 'metadata that is no object is refused with 422 that names it, null too.',
    mend: 'Take objects only: an array has no members, and a text may be JSON that a client forgot to parse.',
    async check({ add, call }) {
      const { id } = await add();
      for (const metadata of [[], ['x'], 'x', '{}', 1, true, null]) {
        expectError(await call('POST', '', { title: 'x', metadata }), 422, 'metadata');
        expectError(await call('PATCH', `/${id}`, { metadata }), 422, 'metadata');
      }
    },
  },
  {
    id: 'metadata.filter',
    says: 'metadata.project=garden finds the tasks whose metadata has this member; texts, numbers, true and false compare as text.',
    mend: 'Compare the member as text, and join several by AND; objects, arrays and members that are not there meet no filter.',
    needs: ['empty'],
    async check({ add, list }) {
      for (const [title, metadata] of Object.entries({
        a: { project: 'garden', size: 3, done: true, 'to.do': 'x' },
        b: { project: 'garden', size: '3', done: 'true', at: { x: 1 }, list: ['x'] },
        c: { project: 'house', size: 30, done: false },
        d: {},
      })) {
        await add({ title, metadata });
      }
      for (const [query, wanted] of Object.entries({
        'metadata.project=garden': 'ab',
        'metadata.size=3': 'ab',
        'metadata.done=true': 'ab',
        'metadata.done=false': 'c',
        'metadata.to.do=x': 'a',
        'metadata.at=x': '',
        'metadata.list=x': '',
        'metadata.none=x': '',
        'metadata.project=house&metadata.size=30': 'c',
        'metadata.project=garden&metadata.size=30': '',
      })) {
        const titles = (await list(`?sort=title&${query}`)).map(({ title }) => title).join('');
        demandSame(undefined, `the tasks with ${query}`, titles, wanted);
      }
    },
  },
];
