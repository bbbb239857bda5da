import { randomUUID } from 'node:crypto';
import { type Clause, missingId, type Probe } from '../../clause.ts';
import type { HttpResponse } from '../../http-messages.ts';
import { demand } from '../../unmet.ts';

const hasCode = (
  code: string,
  when: string,
  provoke: (probe: Probe) => Promise<HttpResponse>,
  more: Partial<Clause> = {},
): Clause => ({
  id: `codes.${code.replace('/', '-')}`,
  says: `The code of the error is \`${code}\` ${when}.`,
  mend: 'Put the stable code into `code`, beside the sentence: programs go by it.',
  ...more,
  async check(probe) {
    const response = await provoke(probe);
    const got = (response.json as { code?: unknown } | undefined)?.code;
    demand(response, got === code, `\`code\` to be ${code}`);
  },
});

/** The codes that programs go by. */
export const codes: Clause[] = [
  hasCode('request/malformed', 'for a body that is not JSON', ({ call }) => call('POST', '', '{')),
  hasCode('request/invalid', 'for input that breaks a rule', ({ call }) => call('POST', '', {})),
  hasCode('auth/missing-token', 'without a token', ({ send, mine }) => send({ method: 'GET', path: mine }), {
    anonymous: true,
  }),
  hasCode(
    'auth/invalid-token',
    'for a token that does not hold',
    ({ send, mine }) => send({ method: 'GET', path: mine, headers: { authorization: 'Bearer a.b.c' } }),
    { anonymous: true },
  ),
  hasCode(
    'auth/wrong-user',
    'for another user’s path',
    ({ send, me }) =>
      send({ method: 'GET', path: `/api/x-${me.id}/tasks`, headers: { authorization: `Bearer ${me.token}` } }),
    { styles: ['bare'] },
  ),
  hasCode('task/not-found', 'for a task that does not exist', ({ call }) => call('GET', `/${missingId}`)),
  hasCode('route/not-found', 'for a path that leads nowhere', ({ call }) => call('GET', '/1/2/3')),
  hasCode('task/stale', 'for a stale If-Match', async ({ add, call }) => {
    const { id } = await add();
    return call('PUT', `/${id}`, { title: 'x' }, { 'if-match': '"none"' });
  }),
  hasCode('changes/gone', 'for a cursor that is none', ({ call }) => call('GET', '/changes?since=nonsense')),
  hasCode('change/not-found', 'for a change that never was', ({ call }) =>
    call('POST', `/changes/${Number.MAX_SAFE_INTEGER}/undo`),
  ),
  hasCode('undo/superseded', 'for an undo of what has changed since', async ({ add, call }) => {
    const { id, revision } = await add();
    await call('DELETE', `/${id}`);
    return call('POST', `/changes/${revision}/undo`);
  }),
  hasCode('task/purged', 'for a task that was removed from the trash', async ({ add, call }) => {
    const { id } = await add();
    await call('DELETE', `/${id}`);
    await call('DELETE', `/trash/${id}`);
    return call('POST', `/${id}/restore`);
  }),
  hasCode('task/occurrence-passed', 'for an occurrence that is no longer current', async ({ add, call }) => {
    const { id } = await add({ due_date: '2097-03-02', repeat: 'daily' });
    return call('PATCH', `/${id}/complete`, { completed: true, occurrence: '2097-03-01' });
  }),
  hasCode('task/anchor-gone', 'for a move beside a task that is gone', async ({ add, call }) => {
    const { id } = await add();
    return call('POST', `/${id}/move`, { before: missingId });
  }),
  hasCode('tag/not-found', 'for a tag that no task has', ({ call }) => call('DELETE', '/tags/no%20such%20tag')),
  hasCode('tag/exists', 'for a name that another tag has', async ({ add, call }) => {
    const [one, other] = [randomUUID(), randomUUID()];
    await add({ tags: [one, other] });
    return call('PATCH', `/tags/${one}`, { name: other });
  }),
  hasCode('idempotency/mismatch', 'for a key that was used otherwise', async ({ call }) => {
    const key = { 'idempotency-key': randomUUID() };
    await call('POST', '', { title: 'x' }, key);
    return call('POST', '', { title: 'y' }, key);
  }),
  {
    id: 'codes.request-others',
    says: 'The codes of 405, 413 and 415 begin with `request/`.',
    mend: 'Name them `request/method-not-allowed`, `request/too-large` and `request/unsupported-media-type`.',
    async check({ call }) {
      for (const response of [
        await call('PUT', '', { title: 'x' }),
        await call('POST', '', 'x'.repeat(65_537)),
        await call('POST', '', 'x', { 'content-type': 'text/plain' }),
      ]) {
        const { code } = (response.json ?? {}) as { code?: unknown };
        demand(response, String(code).startsWith('request/'), '`code` to begin with request/');
      }
    },
  },
];
