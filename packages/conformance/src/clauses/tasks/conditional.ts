import { type Task, taskIn } from '../../api-styles.ts';
import { type Clause, type Probe, writesOnOneTask } from '../../clause.ts';
import type { HttpResponse } from '../../http-messages.ts';
import { demand, demandHeader, demandSame, demandStatus } from '../../unmet.ts';

const strong = /^"[^"]*"$/;
const weak = /^W\/"[^"]*"$/;
const stale = '"a-tag-that-no-task-ever-had"';

const tagOf = (response: HttpResponse): string => demandHeader(response, 'ETag');

/** A task, and the tag that it has. */
const addTagged = async ({ call, style }: Probe): Promise<{ task: Task; tag: string }> => {
  const response = await call('POST', '', { title: 'Buy milk' });
  return { task: taskIn(style, response, 201), tag: tagOf(response) };
};

const isNotModified = (response: HttpResponse): void => {
  demandStatus(response, 304);
  demand(response, response.bytes.length === 0, 'no body');
};

/** Checks of conditional requests. */
export const conditional: Clause[] = [
  {
    id: 'conditional.task-etag',
    says: 'Every response with a single task carries a strong ETag, the same for the same state.',
    mend: 'Make it of the revision, and send it with 200 and 201, to reads and to writes.',
    async check({ call, style }) {
      const created = await call('POST', '', { title: 'Buy milk' });
      const path = `/${taskIn(style, created, 201).id}`;
      const tag = demandHeader(created, 'ETag', strong, 'a strong one');
      for (const [method, suffix, body] of [
        ['GET', ''],
        ['PUT', '', { title: 'Buy milk' }],
        ['PATCH', '', { title: 'Buy milk' }],
        ['PATCH', '/complete', { completed: false }],
      ] as const) {
        const response = await call(method, `${path}${suffix}`, body);
        demandSame(response, 'the ETag', demandHeader(response, 'ETag', strong, 'a strong one'), tag);
      }
    },
  },
  {
    id: 'conditional.task-etag-changes',
    says: 'A task’s ETag changes when the task does.',
    mend: 'Take it from what changes with every write, such as the revision.',
    async check(probe) {
      const { task, tag } = await addTagged(probe);
      const response = await probe.call('PUT', `/${task.id}`, { title: 'Bread' });
      demand(response, tagOf(response) !== tag, `another ETag than ${tag}`, tagOf(response));
    },
  },
  {
    id: 'conditional.list-etag',
    says: 'Every list carries a weak ETag of its own, which changes when any of the user’s tasks does.',
    mend: 'Make it of the owner’s revision counter and the query.',
    async check({ add, call }) {
      const { id } = await add();
      const read = async (query: string) =>
        demandHeader(await call('GET', query), 'ETag', weak, 'a weak one, as W/"…"');
      const tag = await read('');
      demandSame(undefined, 'the ETag of the same list', await read(''), tag);
      const other = await read('?status=pending');
      demand(undefined, other !== tag, 'another ETag for another list', other);
      await call('PUT', `/${id}`, { title: 'Bread' });
      const later = await read('');
      demand(undefined, later !== tag, 'another ETag after a change', later);
    },
  },
  {
    id: 'conditional.task-304',
    says: 'If-None-Match with the ETag of a task gets 304, without a body and with the ETag.',
    mend: 'Compare weakly, among all tags of the header, and take `*` for any.',
    async check(probe) {
      const { task, tag } = await addTagged(probe);
      for (const sent of [tag, `W/${tag}`, `${stale}, ${tag}`, '*']) {
        const response = await probe.call('GET', `/${task.id}`, undefined, { 'if-none-match': sent });
        isNotModified(response);
        demandSame(response, 'the ETag', tagOf(response), tag);
      }
    },
  },
  {
    id: 'conditional.task-200',
    says: 'If-None-Match with another ETag gets the task.',
    mend: 'Answer 304 only where one of the tags is the task’s.',
    async check(probe) {
      const { task, tag } = await addTagged(probe);
      await probe.call('PUT', `/${task.id}`, { title: 'Bread' });
      for (const sent of [tag, stale]) {
        demandStatus(await probe.call('GET', `/${task.id}`, undefined, { 'if-none-match': sent }), 200);
      }
    },
  },
  {
    id: 'conditional.list-304',
    says: 'If-None-Match with the ETag of a list gets 304.',
    mend: 'Compare with the owner’s counter and the query before the list is read.',
    async check({ add, call }) {
      await add();
      for (const query of ['', '?limit=1&sort=title']) {
        const tag = tagOf(await call('GET', query));
        isNotModified(await call('GET', query, undefined, { 'if-none-match': tag }));
      }
    },
  },
  {
    id: 'conditional.list-200',
    says: 'A list’s ETag no longer holds after a change, and never for another query.',
    mend: 'Put both the counter and the query into the tag.',
    async check({ add, call }) {
      const { id } = await add();
      const tag = tagOf(await call('GET', '?limit=5'));
      const sent = { 'if-none-match': tag };
      demandStatus(await call('GET', '?limit=6', undefined, sent), 200);
      await call('DELETE', `/${id}`);
      demandStatus(await call('GET', '?limit=5', undefined, sent), 200);
    },
  },
  {
    id: 'conditional.if-match',
    says: 'A write whose If-Match holds goes ahead; `*` and one of several tags hold too.',
    mend: 'Compare If-Match with the task’s ETag, for PUT, PATCH, …/complete and DELETE.',
    async check(probe) {
      const { call, style } = probe;
      for (const [method, suffix, body] of writesOnOneTask) {
        for (const form of ['{tag}', `${stale}, {tag}`, '*']) {
          const { task, tag } = await addTagged(probe);
          const response = await call(method, `/${task.id}${suffix}`, body, { 'if-match': form.replace('{tag}', tag) });
          demandStatus(response, method === 'DELETE' ? style.deletedStatus : 200);
        }
      }
    },
  },
  {
    id: 'conditional.if-match-stale',
    says: 'A write with a stale If-Match is refused with 412, and changes nothing.',
    mend: 'Compare in the same transaction that writes.',
    async check(probe) {
      for (const [method, suffix, body] of writesOnOneTask) {
        const { task, tag } = await addTagged(probe);
        const changed = taskIn(probe.style, await probe.call('PUT', `/${task.id}`, { description: 'meanwhile' }));
        const response = await probe.call(method, `/${task.id}${suffix}`, body, { 'if-match': tag });
        demandStatus(response, 412);
        demandSame(response, 'the task afterwards', await probe.read(task.id), changed);
      }
    },
  },
  {
    id: 'conditional.current',
    says: 'The 412 carries the task as it is now under `current`, so that a merge needs no second request.',
    mend: 'Put the task beside the sentence and the code in the error body, not wrapped.',
    async check(probe) {
      const { task } = await addTagged(probe);
      const response = await probe.call('PATCH', `/${task.id}`, { title: 'x' }, { 'if-match': stale });
      demandStatus(response, 412);
      demandSame(response, '`current`', (response.json as { current?: unknown } | undefined)?.current, task);
    },
  },
  {
    id: 'conditional.if-match-weak',
    says: 'A tag that a proxy weakened means the revision that was sent: it holds as If-Match while the task is at it.',
    mend: 'Take `W/"1"` and `"1-gzip"` for `"1"`: a task’s tag is only ever weakened on its way.',
    async check(probe) {
      const { task, tag } = await addTagged(probe);
      const put = (title: string) => probe.call('PUT', `/${task.id}`, { title }, { 'if-match': `W/${tag}` });
      demandStatus(await put('x'), 200);
      demandStatus(await put('y'), 412);
    },
  },
];
