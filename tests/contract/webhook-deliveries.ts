import type { Endpoint, WebhookStore } from '@taskward/application';
import type { Test } from 'tap';
import { addTasks, after, anEndpoint, dispatchAll, type MakeWebhookStores, start } from './webhook-stores.ts';

const lease = 20_000;

const claimAll = (webhooks: WebhookStore, { id }: Endpoint, now = start, limit = 1_000) =>
  webhooks.claim(id, now, { lease, limit });

/** How every webhook store hands out deliveries and keeps their outcomes. */
export const testWebhookDeliveries = (t: Test, make: MakeWebhookStores): void => {
  t.test('each change is routed once, by whomever, to the endpoints that are enabled', async (t) => {
    const { tasks, webhooks } = await make(t);
    const [one, other] = [await anEndpoint(webhooks), await anEndpoint(webhooks, 'https://other.example')];
    const off = await anEndpoint(webhooks, 'https://off.example');
    await webhooks.change(off.id, { kind: 'disable', reason: 'operator' }, start);
    await addTasks(tasks, 40);
    const offered = new Set<string>();
    const routed = await Promise.all(
      Array.from({ length: 8 }, () =>
        webhooks.dispatch(10, start, ({ change }, endpoints) => {
          for (const { id } of endpoints) offered.add(id);
          return change.revision % 2 === 0 ? [one.id] : [one.id, other.id];
        }),
      ),
    );
    t.equal(routed.reduce((sum, count) => sum + count, 0) + (await dispatchAll(webhooks)).length, 40);
    t.same(offered, new Set([one.id, other.id]));
    t.equal((await webhooks.deliveries(one.id, undefined, 100)).length, 40);
    t.same(await dispatchAll(webhooks), []);
  });

  t.test('a delivery is claimed by one, and again when the lease is over', async (t) => {
    const { tasks, webhooks } = await make(t);
    const endpoint = await anEndpoint(webhooks);
    await addTasks(tasks, 30);
    const logged = await dispatchAll(webhooks);
    const claims = await Promise.all(Array.from({ length: 6 }, () => claimAll(webhooks, endpoint, start, 10)));
    const claimed = [...claims.flat(), ...(await claimAll(webhooks, endpoint))];
    t.equal(claimed.length, 30);
    t.same(new Set(claimed.map(({ id }) => id)), new Set(logged.map(({ id }) => id)));
    t.same(await webhooks.due(after(lease - 1)), []);
    t.match(await webhooks.due(after(lease)), [{ id: endpoint.id }]);
    const again = await claimAll(webhooks, endpoint, after(lease));
    t.ok(again.length === 30 && again.every(({ attempt }) => attempt === 2));
    const outcome = { milliseconds: 1, status: 200 };
    await webhooks.settle(
      claimed.map(({ deliveryId, attempt }) => ({ deliveryId, attempt, outcome })),
      after(lease + 1),
    );
    t.equal((await claimAll(webhooks, endpoint, after(2 * lease))).length, 30, 'who was too late settles nothing');
  });

  t.test('a delivery is done, failed, or due again later', async (t) => {
    const { tasks, webhooks } = await make(t);
    const endpoint = await anEndpoint(webhooks);
    await addTasks(tasks, 3);
    await dispatchAll(webhooks);
    const claimed = await claimAll(webhooks, endpoint);
    const of = (revision: number) => claimed.find(({ change }) => change.revision === revision)?.deliveryId ?? '';
    await webhooks.settle(
      [
        { deliveryId: of(1), attempt: 1, outcome: { milliseconds: 3.6, status: 204 } },
        { deliveryId: of(2), attempt: 1, outcome: { milliseconds: 5, status: 500, error: 'status' } },
        { deliveryId: of(3), attempt: 1, outcome: { milliseconds: 7, error: 'timeout' }, retryIn: 1_500.4 },
      ],
      after(10),
    );
    const records = await webhooks.deliveries(endpoint.id, undefined, 10);
    t.match(
      [...records].sort((a, b) => a.revision - b.revision),
      [
        { state: 'delivered', attempts: 1, at: after(10), status: 204, milliseconds: 4, error: undefined },
        { state: 'failed', attempts: 1, at: after(10), status: 500, milliseconds: 5, error: 'status' },
        { state: 'pending', attempts: 1, at: after(1_510), status: undefined, milliseconds: 7, error: 'timeout' },
      ],
    );
    t.same(await claimAll(webhooks, endpoint, after(1_509)), []);
    t.match(await claimAll(webhooks, endpoint, after(1_510)), [{ deliveryId: of(3), attempt: 2 }]);
  });

  t.test('a disabled endpoint is given nothing, until it is enabled', async (t) => {
    const { tasks, webhooks } = await make(t);
    const endpoint = await anEndpoint(webhooks);
    await addTasks(tasks, 2);
    await dispatchAll(webhooks);
    await webhooks.change(endpoint.id, { kind: 'disable', reason: 'failing' }, start);
    t.same([await webhooks.due(start), await claimAll(webhooks, endpoint)], [[], []]);
    await webhooks.change(endpoint.id, { kind: 'enable' }, start);
    t.equal((await claimAll(webhooks, endpoint)).length, 2);
  });

  t.test('deliveries are listed page by page, and delivered again when asked', async (t) => {
    const { tasks, webhooks } = await make(t);
    const endpoint = await anEndpoint(webhooks);
    await addTasks(tasks, 5);
    await dispatchAll(webhooks);
    const walked: string[] = [];
    for (let before: string | undefined; ; before = walked.at(-1)) {
      const page = await webhooks.deliveries(endpoint.id, before, 2);
      if (page.length === 0) break;
      walked.push(...page.map(({ id }) => id));
    }
    t.equal(new Set(walked).size, 5);
    t.same(
      walked,
      [...walked].sort((a, b) => Number(b) - Number(a)),
    );
    const claimed = await claimAll(webhooks, endpoint);
    const outcome = { milliseconds: 1, status: 200 };
    await webhooks.settle(
      claimed.map(({ deliveryId, attempt }) => ({ deliveryId, attempt, outcome })),
      start,
    );
    const [chosen = ''] = walked;
    t.equal(await webhooks.redeliver(chosen, after(5)), true);
    t.match(await claimAll(webhooks, endpoint, after(5)), [{ deliveryId: chosen, attempt: 1 }]);
    t.same([await webhooks.redeliver('999999999', start), await webhooks.redeliver("1'", start)], [false, false]);
  });
};
