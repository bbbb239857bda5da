import type { FastifyInstance } from 'fastify';
import { aCaller, type Caller } from '../support/http/api.ts';
import { aTranscript } from './transcript.ts';

/** What a probe found. */
export interface Probed {
  /** What of one user reached another or came from them. */
  readonly faults: readonly string[];
  /** What else it saw. */
  readonly lines: readonly string[];
}

const listOf = async ({ call }: Caller) => {
  const { statusCode, headers, body } = await call('GET', '/api/tasks?limit=500&sort=title&count=true');
  return `${statusCode} ${String(headers.etag).split('-')[0]} ${body}`;
};

/** Returns what a user has: the tasks, those in the trash, and what was done to some. */
export const stateOf = async (caller: Caller): Promise<string> => {
  const rest = ['trash', '3/history', '6/history'].map((path) => caller.call('GET', `/api/tasks/${path}`));
  const bodies = (await Promise.all(rest)).map(({ statusCode, body }) => `${statusCode} ${body}`);
  return [await listOf(caller), ...bodies].join('\n');
};

// What the other one does after my changes, one for one: their task of the same id has changed later than mine when mine is
// in the trash, and their trash is not empty. After these they only add tasks.
const ofTheOther = { title: 'of the other', description: 'of the other' };
const theirChanges: readonly Parameters<Caller['call']>[] = [
  ['POST', '/api/tasks', ofTheOther],
  ['PUT', '/api/tasks/6', { title: 'of the other, too', description: 'and more of the other' }],
  ['POST', '/api/tasks', ofTheOther],
  ['DELETE', '/api/tasks/8'],
  ['PUT', '/api/tasks/2', { title: 'of the other, too' }],
  ['PUT', '/api/tasks/3', { title: 'of the other, too' }],
  ['DELETE', '/api/tasks/10'],
  ['PUT', '/api/tasks/5', { title: 'of the other, too' }],
];

/** Does one of everything as one user. */
export const probeRequests = async (app: FastifyInstance): Promise<Probed> => {
  const other = aCaller(app);
  const me = aCaller(app);
  const faults: string[] = [];
  const { lines, note } = aTranscript({ me: me.userId, other: other.userId });
  for (let n = 0; n < 10; n += 1) {
    await other.call('POST', '/api/tasks', ofTheOther);
    if (n < 8) await me.call('POST', '/api/tasks', { title: 'mine' });
  }
  // The other one uses as many keys as one user may.
  await other.call('PATCH', '/api/tasks/1/complete', undefined, { 'idempotency-key': 'of both' });
  await other.call('PATCH', '/api/tasks/999/complete', undefined, { 'idempotency-key': 'the last' });
  const beginning = (await me.call('GET', '/api/tasks/changes?limit=500')).json().meta.cursor;
  for (const completed of [true, false, true]) await me.call('PATCH', '/api/tasks/8/complete', { completed });
  let revision = 11;
  let theirs = await stateOf(other);
  // Every request, with the status that it must have, and the changes that it makes to my own tasks.
  const requests: [status: number, changes: number, ...asked: Parameters<Caller['call']>][] = [
    [200, 0, 'GET', '/api/tasks/1'],
    [404, 0, 'GET', '/api/tasks/9'],
    [200, 1, 'PUT', '/api/tasks/6', { title: 'mine 6' }],
    [404, 0, 'PUT', '/api/tasks/9', { title: 'mine 9' }],
    [200, 1, 'PATCH', '/api/tasks/1/complete', undefined, { 'idempotency-key': 'of both' }],
    [200, 1, 'PATCH', '/api/tasks/7/complete'],
    [404, 0, 'PATCH', '/api/tasks/9/complete'],
    [204, 1, 'DELETE', `${me.bare}/2`],
    [404, 0, 'DELETE', '/api/tasks/9'],
    [204, 1, 'DELETE', `${me.bare}/3`, undefined, { 'if-match': '*' }],
    [404, 0, 'DELETE', '/api/tasks/10', undefined, { 'if-match': '*' }],
    [
      200,
      3,
      'POST',
      '/api/tasks/batch',
      {
        operations: [
          { op: 'update', id: 4, title: 'mine 4' },
          { op: 'delete', id: 5 },
          { op: 'create', title: 'mine 9' },
        ],
      },
    ],
    [422, 0, 'POST', '/api/tasks/batch', { operations: [{ op: 'delete', id: 12 }] }],
    [200, 0, 'GET', '/api/tasks?status=pending&search=mine'],
    [200, 0, 'GET', '/api/tasks/changes?limit=500'],
    [200, 0, 'GET', '/api/tasks/trash'],
    [200, 0, 'GET', '/api/tasks/6/history'],
    [200, 0, 'GET', `/api/tasks/changes?since=${beginning}`],
    [200, 0, 'GET', `/api/tasks/changes?since=${beginning}&limit=2`],
    [404, 0, 'GET', '/api/tasks/10/history'],
    [200, 1, 'POST', '/api/tasks/2/restore'],
    [404, 0, 'POST', '/api/tasks/10/restore'],
    [200, 1, 'POST', '/api/tasks/changes/12/undo'],
    [409, 0, 'POST', '/api/tasks/changes/12/undo'],
    [404, 0, 'POST', '/api/tasks/changes/999/undo'],
    [200, 3, 'POST', '/api/tasks/changes/17/undo'],
    [200, 0, 'GET', '/api/tasks/trash'],
    [200, 1, 'DELETE', '/api/tasks/trash/3'],
    [404, 0, 'DELETE', '/api/tasks/trash/10'],
    [200, 1, 'DELETE', '/api/tasks/trash'],
    [200, 0, 'GET', `/api/tasks/changes?since=${beginning}`],
    [200, 0, 'GET', `/api/tasks/changes?since=${beginning}&limit=2`],
  ];
  const theirNext = theirChanges.values();
  for (const [status, changes, ...asked] of requests) {
    const about = asked.slice(0, 2).join(' ').replace(me.bare, '/api/…/tasks').replace(beginning, '…');
    const response = await me.call(...asked);
    note(about, `${response.statusCode} ${response.body}`);
    if (response.statusCode !== status) faults.push(`${about}: ${response.statusCode}`);
    if (response.body.includes(other.userId) || response.body.includes('of the other')) faults.push(`${about}: shows`);
    if ((await stateOf(other)) !== theirs) faults.push(`${about}: reaches`);
    revision += changes;
    const list = await me.call('GET', '/api/tasks');
    if (!String(list.headers.etag).startsWith(`W/"${revision}-`)) faults.push(`${about}: counts`);
    const known = await me.call('GET', '/api/tasks', undefined, { 'if-none-match': `W/"0-", ${list.headers.etag}` });
    if (known.statusCode !== 304) faults.push(`${about}: is not known`);
    note('then', list.body);
    if (faults.length > 0) return { faults, lines };
    // Both stay at the same revision, so that a write which looks for it could take the one for the other.
    for (let n = 0; n < changes; n += 1) {
      await other.call(...(theirNext.next().value ?? ['POST', '/api/tasks', ofTheOther]));
    }
    if (changes > 0) theirs = await stateOf(other);
  }
  for (let next = ''; ; ) {
    const page = await me.call('GET', `/api/tasks/6/history?limit=1${next}`);
    note('a page of a history', page.body);
    if (page.body.includes('of the other')) faults.push('a page of a history: shows');
    const { next_cursor: cursor } = page.json().meta;
    if (cursor === null) break;
    next = `&cursor=${cursor}`;
  }
  const tag = String((await me.call('GET', '/api/tasks?limit=2')).headers.etag);
  await me.call('POST', '/api/tasks', { title: 'mine' });
  const changed = await me.call('GET', '/api/tasks?limit=2', undefined, { 'if-none-match': tag });
  if (changed.statusCode !== 200 || changed.json().data.length !== 2) faults.push('a known list: is not read again');
  return { faults, lines };
};
