import type { LightMyRequestResponse } from 'fastify';
import { styles } from '../support/http/api.ts';
import { type ApiStyle, type Client, onStyles, overStores } from '../support/http/client.ts';
import { isRefused } from '../support/http/errors.ts';
import { batch, type Result, resultsOf, stateOf, statusesOf } from './batches.ts';

/** What is wrong with one operation, in its style. */
const rejectionOf = (result: Result | undefined, style: ApiStyle, response: LightMyRequestResponse) => {
  const { error = {}, status } = result ?? {};
  const { type, title, detail, success, error: sentence, request_id, status: within, ...rest } = error;
  const whole = style === styles.bare ? [type, within, typeof title, typeof detail] : [success, typeof sentence];
  const expected = style === styles.bare ? ['about:blank', status, 'string', 'string'] : [false, 'string'];
  return {
    inStyle: JSON.stringify(whole) === JSON.stringify(expected),
    ofRequest: request_id === response.headers['x-request-id'],
    rest,
  };
};

overStores((t, { app }) => {
  onStyles(t, app, 'batch · in order, each seeing the ones before, as one step', async (t, client) => {
    const { style, add } = client;
    const before = await add({ description: 'Oat' });
    const response = await batch(client, [
      { op: 'create', title: ' Bread ', completed: true },
      { op: 'update', id: 1, title: 'Milk', description: null, if_revision: 1 },
      { op: 'complete', id: 1 },
      { op: 'complete', id: 2, completed: true },
      { op: 'update', id: 2, title: 'Rye', if_revision: 2 },
      { op: 'delete', id: 1, if_revision: 4 },
      { op: 'create', title: 'Eggs' },
    ]);
    t.equal(response.statusCode, 200);
    t.equal(response.headers['content-type'], 'application/json; charset=utf-8');
    const { applied, dry_run, results, ...rest } = style.data(response);
    t.strictSame([applied, dry_run, rest], [true, false, {}]);
    if (style === styles.envelope) t.equal(response.json().success, true);
    t.strictSame(statusesOf(results), [201, 200, 200, 200, 200, 204, 201]);
    t.strictSame(results[5], { status: 204 });
    t.match(results[0].task, { id: 2, title: 'Bread', completed: true, revision: 2 });
    t.strictSame(results[1].task, {
      ...before,
      title: 'Milk',
      description: null,
      revision: 3,
      updated_at: results[1].task.updated_at,
    });
    t.match(results[2].task, { id: 1, title: 'Milk', completed: true, revision: 4 });
    t.match(results[3].task, { id: 2, revision: 2 }, 'what changes nothing counts nothing');
    t.match(results[4].task, { id: 2, title: 'Rye', revision: 5 });
    t.match(results[6].task, { id: 3, revision: 7 });
    t.strictSame(await client.read(2), results[4].task);
    t.strictSame(await client.read(3), results[6].task);
    t.equal((await client.me.call('GET', `${client.url}/1`)).statusCode, 404);
  });

  const mixed = [
    { op: 'create', title: 'Bread' },
    { op: 'update', id: 99, title: 'x' },
    { op: 'complete', id: 1, if_revision: 7 },
    { op: 'update', id: 1, titel: 'x', description: '\0' },
    { op: 'delete', id: 1 },
    { op: 'toggle', id: 1 },
  ];

  const isMixed = (
    t: Parameters<typeof isRefused>[0],
    client: Client,
    response: LightMyRequestResponse,
    task: unknown,
    rest: number,
  ) => {
    const results = resultsOf(client, response);
    t.strictSame(statusesOf(results), [rest === 424 ? 424 : 201, 404, 412, 422, rest === 424 ? 424 : 204, 422]);
    const rejections = results.map((one) => rejectionOf(one, client.style, response));
    for (const [n, { status, task: shown, error }] of results.entries()) {
      if (status < 400) t.equal(error, undefined);
      else
        t.strictSame(
          [rejections[n]?.inStyle, rejections[n]?.ofRequest, shown],
          [true, true, undefined],
          `operation ${n}`,
        );
    }
    t.strictSame(rejections[1]?.rest, { code: 'task/not-found' });
    t.strictSame(rejections[2]?.rest, { code: 'task/stale', current: task });
    t.strictSame(rejections[3]?.rest, {
      code: 'request/invalid',
      errors: [
        { field: 'titel', message: 'is not a known field: did you mean `title`?' },
        { field: 'description', message: 'must not contain the NUL character (U+0000)' },
      ],
    });
    t.strictSame(rejections[5]?.rest, {
      code: 'request/invalid',
      errors: [{ field: 'op', message: 'must be one of `create`, `update`, `complete`, `delete`, `restore`, `undo`' }],
    });
    if (rest === 424) for (const n of [0, 4]) t.strictSame(rejections[n]?.rest, { code: 'batch/not-applied' });
  };

  onStyles(t, app, 'batch · atomic: one refused, none stored, and 422 says why', async (t, client) => {
    const task = await client.add();
    const state = await stateOf(client);
    for (const more of [{}, { atomic: true }]) {
      const response = await batch(client, mixed, more);
      const { results } = response.json();
      const sentence = /^Nothing was stored: 4 of 6 operations were refused/;
      isRefused(t, response, {
        status: 422,
        code: 'batch/refused',
        style: client.style,
        sentence,
        members: { results },
      });
      isMixed(t, client, response, task, 424);
      t.equal(await stateOf(client), state);
    }
    t.match(await client.add(), { id: 2, revision: 2 }, 'no id and no revision was spent');
  });

  onStyles(t, app, 'batch · atomic: false stores what is not refused', async (t, client) => {
    const task = await client.add();
    const response = await batch(client, mixed, { atomic: false });
    t.equal(response.statusCode, 200);
    t.match(client.style.data(response), { applied: true, dry_run: false });
    isMixed(t, client, response, task, 0);
    t.match(await client.read(2), { title: 'Bread', revision: 2 });
    t.equal((await client.me.call('GET', `${client.url}/1`)).statusCode, 404);
    t.match(await client.add(), { id: 3, revision: 4 });
  });

  onStyles(t, app, 'batch · dry_run says what would happen, and stores nothing', async (t, client) => {
    const task = await client.add();
    const state = await stateOf(client);
    for (const atomic of [true, false]) {
      const response = await batch(client, mixed, { atomic, dry_run: true });
      t.equal(response.statusCode, 200);
      t.match(client.style.data(response), { applied: false, dry_run: true });
      isMixed(t, client, response, task, 0);
      t.equal(await stateOf(client), state);
    }
  });

  onStyles(t, app, 'batch · under an Idempotency-Key it is done once', async (t, client) => {
    const operations = [
      { op: 'create', title: 'x' },
      { op: 'complete', id: 1 },
    ];
    const first = await batch(client, operations, {}, { 'idempotency-key': 'key' });
    const again = await batch(client, operations, {}, { 'idempotency-key': 'key' });
    t.strictSame([again.body, again.headers['idempotency-replayed']], [first.body, 'true']);
    t.match(await client.add(), { id: 2, revision: 3 });
    const other = await batch(client, operations, { atomic: false }, { 'idempotency-key': 'key' });
    isRefused(t, other, { status: 422, code: 'idempotency/mismatch', style: client.style });
    const refused = [
      { op: 'create', title: 'x' },
      { op: 'delete', id: 99 },
    ];
    const [one, two] = [
      await batch(client, refused, {}, { 'idempotency-key': 'b' }),
      await batch(client, refused, {}, { 'idempotency-key': 'b' }),
    ];
    t.strictSame([one?.statusCode, two?.body, two?.headers['idempotency-replayed']], [422, one?.body, 'true']);
    t.match(await client.add(), { id: 3, revision: 4 }, 'what was refused left nothing');
  });

  onStyles(t, app, 'batch · another user’s tasks are not there', async (t, client) => {
    await client.add();
    const response = await batch(client, [{ op: 'delete', id: 2 }]);
    t.strictSame(statusesOf(resultsOf(client, response)), [404]);
    t.equal(
      (await app.inject({ method: 'POST', url: `${client.url}/batch`, payload: { operations: [] } })).statusCode,
      401,
    );
  });

  onStyles(t, app, 'batch · only POST, and `batch` is no id', async (t, { style, me, url }) => {
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE'] as const) {
      const response = await me.call(method, `${url}/batch`, undefined);
      isRefused(t, response, { status: 405, code: 'request/method-not-allowed', style, sentence: /Use OPTIONS, POST/ });
      t.equal(response.headers.allow, 'OPTIONS, POST');
    }
    t.equal((await me.call('POST', `${url}/batch/`, { operations: [{ op: 'create', title: 'x' }] })).statusCode, 200);
  });
});
