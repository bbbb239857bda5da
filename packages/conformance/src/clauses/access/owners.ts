import { type Clause, missingId, onOneTask } from '../../clause.ts';
import type { HttpResponse } from '../../http-messages.ts';
import { demandSame, demandStatus } from '../../unmet.ts';

/** Whose tasks may be touched. */
export const owners: Clause[] = [
  {
    id: 'auth.wrong-user',
    says: 'Another user’s path gets 403, on every operation, whether or not that user exists.',
    mend: 'Compare {user_id} with the token’s sub before anything is looked up.',
    styles: ['bare'],
    needs: ['other'],
    async check({ as, me, other, send }) {
      demandStatus(await as(other)('POST', '', { title: 'Theirs' }), 201);
      for (const owner of [other.id, `${me.id}-who-never-was`, me.id.toUpperCase()].filter((id) => id !== me.id)) {
        const path = `/api/${encodeURIComponent(owner)}/tasks`;
        const headers = { authorization: `Bearer ${me.token}` };
        demandStatus(await send({ method: 'GET', path, headers }), 403);
        demandStatus(await send({ method: 'POST', path, headers, body: { title: 'x' } }), 403);
        for (const [method, suffix, body] of onOneTask) {
          demandStatus(await send({ method, path: `${path}/${missingId}${suffix}`, headers, body }), 403);
        }
      }
    },
  },
  {
    id: 'auth.foreign-task',
    says: 'The id of another user’s task gets exactly the response of one that does not exist, and the task is unchanged.',
    mend: 'Look tasks up by owner and id together: then there is nothing to tell apart.',
    needs: ['fresh', 'other'],
    async check(probe) {
      const { as, call, style, other } = probe;
      const created = await as(other)('POST', '', { title: 'Theirs' });
      const { id } = style.data(created) as { id: number };
      const missing = 2_147_483_646;
      for (const [method, suffix, body] of onOneTask) {
        const headers = { 'x-request-id': 'the-same' };
        const foreign = await call(method, `/${id}${suffix}`, body, headers);
        const none = await call(method, `/${missing}${suffix}`, body, headers);
        demandSame(foreign, 'the status', foreign.status, none.status);
        const normalized = (response: HttpResponse, own: number) => response.text.replaceAll(String(own), '{id}');
        const plain = (text: string) => text.replace(/"request_id":\s*"[^"]*"/, '');
        demandSame(foreign, 'the body', plain(normalized(foreign, id)), plain(normalized(none, missing)));
      }
      demandStatus(await as(other)('GET', `/${id}`), 200);
    },
  },
  {
    id: 'auth.path-encoded',
    says: 'The user in the path is percent-decoded: any sub has a path, with / and | and é in it.',
    mend: 'Split the path before it is decoded, and compare what is decoded with the sub as a whole.',
    styles: ['bare'],
    needs: ['secret'],
    async check({ as, me, signFor }) {
      for (const id of [`auth0|${me.id}`, `${me.id}/é %2F`, `${me.id} 😀`, me.id.padEnd(255, 'x')]) {
        const user = { id, token: signFor(id) };
        const response = await as(user)('POST', '', { title: 'x' });
        demandStatus(response, 201);
        demandSame(response, 'user_id', (response.json as { user_id?: unknown }).user_id, id);
        demandStatus(await as(user)('GET', '?limit=1'), 200);
      }
    },
  },
];
