import t from 'tap';
import { aClientOn, aNetwork, aTask, cutOff, refused, responded } from '../support/http/typed-client.ts';

const missing = { success: false, error: 'There is no task 9.', code: 'task/not-found', request_id: 'request-1' };

t.test('operations go out as they are, under one key', async (t) => {
  const results = [{ status: 201, task: aTask() }, { status: 204 }];
  const network = aNetwork(cutOff(), responded({ applied: true, dry_run: false, results }));
  const operations = [
    { op: 'create', title: 'Buy milk' },
    { op: 'delete', id: 4, if_revision: 7 },
  ] as const;
  t.strictSame(await aClientOn(network).batch(operations), { applied: true, dryRun: false, results });
  t.strictSame(network.seen[1]?.body, { operations });
  t.equal(`${network.seen[1]?.method} ${network.seen[1]?.url}`, 'POST https://api.example/api/tasks/batch');
  t.equal(new Set(network.sent('idempotency-key')).size, 1);
});

t.test('not atomic, or only to see', async (t) => {
  const results = [{ status: 404, error: missing }];
  const network = aNetwork(responded({ applied: false, dry_run: true, results }));
  const outcome = await aClientOn(network).batch([{ op: 'complete', id: 9 }], { atomic: false, dryRun: true });
  t.strictSame(outcome, { applied: false, dryRun: true, results });
  t.strictSame(network.seen[0]?.body, { operations: [{ op: 'complete', id: 9 }], atomic: false, dry_run: true });
  t.strictSame(network.sent('idempotency-key'), [null], 'nothing is written, so nothing is written twice');
});

t.test('a refused batch says what is wrong with which operation', async (t) => {
  const results = [
    { status: 424, error: { ...missing, code: 'batch/not-applied' } },
    { status: 404, error: missing },
  ];
  const network = aNetwork(refused(422, 'batch/refused', { results }));
  const operations = [
    { op: 'update', id: 3, title: 'x' },
    { op: 'update', id: 9, title: 'y' },
  ] as const;
  await t.rejects(aClientOn(network).batch(operations), { status: 422, code: 'batch/refused', results });
});

t.test('takes a key and a signal as other writes do', async (t) => {
  const network = aNetwork(responded({ applied: true, dry_run: false, results: [{ status: 204 }] }));
  await aClientOn(network).batch([{ op: 'delete', id: 1 }], { idempotencyKey: 'mine' });
  t.strictSame(network.sent('idempotency-key'), ['mine']);
  await t.rejects(aClientOn(aNetwork()).batch([], { signal: AbortSignal.abort(new Error('left')) }), {
    message: 'left',
  });
});
