import { randomUUID } from 'node:crypto';
import { taskIn } from '../../api-styles.ts';
import type { Clause } from '../../clause.ts';
import type { HttpResponse } from '../../http-messages.ts';
import { demand, demandSame, demandStatus, expectError } from '../../unmet.ts';

const aKey = () => ({ 'idempotency-key': randomUUID() });

const isReplay = (response: HttpResponse, first: HttpResponse): void => {
  demandSame(response, 'the status', response.status, first.status);
  demand(response, response.bytes.equals(first.bytes), `the same bytes as the first response: ${first.text}`);
  for (const name of ['content-type', 'etag', 'location']) {
    demandSame(response, name, response.headers[name], first.headers[name]);
  }
};

const replayed = 'idempotency-replayed';

/** What a request does that is sent again. */
export const retries: Clause[] = [
  {
    id: 'retries.create',
    says: 'A POST that is repeated under its Idempotency-Key creates one task, and gets the first response, byte for byte.',
    mend: 'Store the first response in the transaction that writes, by user and key, and return it again for 24 hours.',
    async check({ call, style, list }) {
      const title = `Once ${randomUUID()}`;
      const key = aKey();
      const first = await call('POST', '', { title }, key);
      taskIn(style, first, 201);
      isReplay(await call('POST', '', { title }, key), first);
      const found = await list(`?search=${encodeURIComponent(title)}`);
      demandSame(undefined, 'the number of tasks that were created', found.length, 1);
    },
  },
  {
    id: 'retries.replayed-header',
    says: 'A repeated response carries Idempotency-Replayed: true, and the first one does not.',
    mend: 'Add the header to stored responses, and to no others.',
    async check({ call }) {
      const key = aKey();
      const first = await call('POST', '', { title: 'x' }, key);
      demandSame(first, replayed, first.headers[replayed], undefined);
      const second = await call('POST', '', { title: 'x' }, key);
      demandSame(second, replayed, second.headers[replayed], 'true');
    },
  },
  {
    id: 'retries.patch',
    says: 'A repeated PATCH, also of …/complete, has its effect once.',
    mend: 'Honour the key on PATCH as on POST: a toggle that is retried must not toggle back.',
    async check({ add, call, style, read }) {
      const { id } = await add();
      const key = aKey();
      const first = await call('PATCH', `/${id}/complete`, undefined, key);
      taskIn(style, first);
      isReplay(await call('PATCH', `/${id}/complete`, undefined, key), first);
      demandSame(undefined, 'completed after a toggle that was sent twice', (await read(id)).completed, true);

      const another = aKey();
      const changed = await call('PATCH', `/${id}`, { title: 'Bread' }, another);
      taskIn(style, changed);
      await call('PATCH', `/${id}`, { title: 'Meanwhile' });
      isReplay(await call('PATCH', `/${id}`, { title: 'Bread' }, another), changed);
      demandSame(undefined, 'the title', (await read(id)).title, 'Meanwhile');
    },
  },
  {
    id: 'retries.mismatch',
    says: 'The same key with another body, method or path is refused with 422.',
    mend: 'Store a fingerprint of method, path and body with the key, and compare.',
    async check({ add, call }) {
      const { id } = await add();
      const key = aKey();
      demandStatus(await call('POST', '', { title: 'x' }, key), 201);
      demandStatus(await call('POST', '', { title: 'y' }, key), 422);
      demandStatus(await call('PATCH', `/${id}`, { title: 'x' }, key), 422);
    },
  },
  {
    id: 'retries.parallel',
    says: 'Twins that are sent at once under one key have one effect: each gets the first response, or 409 for now.',
    mend: 'Claim the key before the work begins, and let the second wait or return 409.',
    async check({ call, list }) {
      const title = `Twin ${randomUUID()}`;
      const key = aKey();
      const responses = await Promise.all([1, 2, 3, 4].map(() => call('POST', '', { title }, key)));
      for (const response of responses) demandStatus(response, 201, 409);
      const found = await list(`?search=${encodeURIComponent(title)}`);
      demandSame(undefined, 'the number of tasks that were created', found.length, 1);
    },
  },
  {
    id: 'retries.of-user',
    says: 'Keys are the user’s own: the same key of another user is another one.',
    mend: 'Store keys by user.',
    needs: ['other'],
    async check({ as, call, style, me, other }) {
      const key = aKey();
      taskIn(style, await call('POST', '', { title: 'x' }, key), 201);
      const response = await as(other)('POST', '', { title: 'x' }, key);
      const { user_id } = taskIn(style, response, 201);
      demand(response, user_id !== me.id, 'the other user’s own task');
    },
  },
  {
    id: 'retries.key-form',
    says: 'A key has 1 to 255 printable ASCII characters; another one is refused with 422.',
    mend: 'Refuse it: one that is cut off or ignored protects nobody.',
    async check({ call }) {
      const ofLength = (length: number) => randomUUID().padEnd(length, '~');
      demandStatus(await call('POST', '', { title: 'x' }, { 'idempotency-key': ofLength(255) }), 201);
      for (const key of [ofLength(256), 'caf\xe9', '']) {
        expectError(await call('POST', '', { title: 'x' }, { 'idempotency-key': key }), 422);
      }
    },
  },
  {
    id: 'retries.without-key',
    says: 'Without a key every POST creates a task.',
    mend: 'Do not guess repetitions from what they look like.',
    async check({ call, style }) {
      const [one, two] = [await call('POST', '', { title: 'x' }), await call('POST', '', { title: 'x' })];
      demand(two, taskIn(style, one, 201).id !== taskIn(style, two, 201).id, 'another id than the first task’s');
    },
  },
];
