import t from 'tap';
import { aClientOn, aNetwork, aTask, listed, refused, responded, type Seen } from '../support/http/typed-client.ts';

// How long a call may take, and what ends it.

const never = () => new Promise<never>(() => {});
const reason = new Error('the page was left');

t.test('an attempt that takes too long is ended, and repeated', async (t) => {
  const signals: (AbortSignal | null | undefined)[] = [];
  const hanging = ({ init }: Seen) => {
    signals.push(init.signal);
    return never();
  };
  const network = aNetwork(hanging, hanging, responded(aTask()));
  t.match(await aClientOn(network, { timeout: 20 }).create({ title: 'x' }), { id: 3 });
  t.strictSame(
    signals.map((signal) => signal?.aborted),
    [true, true],
    'and fetch is told',
  );
  t.equal(new Set(network.sent('idempotency-key')).size, 1);
  const silent = aNetwork(hanging, hanging);
  await t.rejects(aClientOn(silent, { timeout: 20, retry: { attempts: 2, minDelay: 1 } }).list(), {
    name: 'TaskwardError',
    status: 0,
    code: 'client/timeout',
    message: 'https://api.example/api/tasks has not answered within 0.02 s. Try again in a moment.',
  });
  t.equal(silent.left(), 0);
});

t.test('so is one whose response does not come to an end', async (t) => {
  let cancelled = false;
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode('{"success": true')),
    cancel() {
      cancelled = true;
    },
  });
  const client = aClientOn(aNetwork(new Response(body)), { timeout: 20, retry: { attempts: 1 } });
  await t.rejects(client.list(), { code: 'client/timeout' });
  t.ok(cancelled);
});

t.test('a bound that no timer can hold is none', async (t) => {
  const late = () => new Promise<Response>((resolve) => setTimeout(() => resolve(listed([])), 30));
  for (const timeout of [Number.POSITIVE_INFINITY, 2 ** 40]) {
    t.strictSame((await aClientOn(aNetwork(late), { timeout }).list()).tasks, []);
  }
});

t.test('a signal ends a call while the token is asked for, or renewed', async (t) => {
  const controller = new AbortController();
  const network = aNetwork();
  const asking = aClientOn(network, { token: never }).list({}, { signal: controller.signal });
  controller.abort(reason);
  await t.rejects(asking, reason);
  t.equal(network.seen.length, 0);

  const renewing = new AbortController();
  const token = ({ refresh }: { refresh: boolean }) => {
    if (!refresh) return 'old';
    renewing.abort(reason);
    return never();
  };
  const unauthorized = aNetwork(refused(401, 'auth/invalid-token'));
  await t.rejects(aClientOn(unauthorized, { token }).list({}, { signal: renewing.signal }), reason);
  t.equal(unauthorized.seen.length, 1);

  let asked = 0;
  const counting = () => `token-${++asked}`;
  await t.rejects(aClientOn(network, { token: counting }).list({}, { signal: AbortSignal.abort(reason) }), reason);
  t.equal(asked, 0, 'and one that is aborted asks for none');
});

t.test('who gives up leaves those who wait for the same new token', async (t) => {
  let give = (_: string) => {};
  const token = ({ refresh }: { refresh: boolean }) =>
    refresh
      ? new Promise<string>((resolve) => {
          give = resolve;
        })
      : 'old';
  const response = ({ headers }: Seen) =>
    headers.get('authorization') === 'Bearer new' ? listed([]) : refused(401, 'auth/invalid-token');
  const client = aClientOn(aNetwork(response, response, response), { token });
  const controller = new AbortController();
  const [left, stays] = [client.list({}, { signal: controller.signal }), client.list()];
  setTimeout(() => controller.abort(reason), 5);
  await t.rejects(left, reason);
  give('new');
  t.strictSame((await stays).tasks, []);
});

t.test('a signal ends a call whose fetch does not listen to it', async (t) => {
  const controller = new AbortController();
  const network = aNetwork(() => {
    controller.abort(reason);
    return never();
  });
  await t.rejects(aClientOn(network).list({}, { signal: controller.signal }), reason);
});

t.test('no timer and no listener outlives a call', async (t) => {
  const { signal } = new AbortController();
  let listeners = 0;
  for (const [name, change] of [
    ['addEventListener', 1],
    ['removeEventListener', -1],
  ] as const) {
    const original = signal[name].bind(signal) as (...args: unknown[]) => void;
    Object.assign(signal, {
      [name]: (...args: unknown[]) => {
        listeners += change;
        original(...args);
      },
    });
  }
  const before = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const network = aNetwork(refused(503, 'server/overloaded'), listed([]));
  await aClientOn(network, { token: async () => 'x' }).list({}, { signal });
  await new Promise((resolve) => setImmediate(resolve));
  t.equal(listeners, 0);
  t.equal(process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length, before);
});

t.test('what `Retry-After` says', async (t) => {
  const asking = async (value: string) => {
    const network = aNetwork(refused(503, 'server/overloaded', {}, { 'retry-after': value }));
    const client = aClientOn(network, { retry: { attempts: 1 } });
    const error = await client.list().catch((error) => error);
    return error.retryAfter as number | undefined;
  };
  for (const [value, seconds] of [
    ['0', 0],
    ['7', 7],
    ['1.5', 1.5],
    [' 2 ', 2],
    ['99999999999', 99_999_999_999],
  ] as const) {
    t.equal(await asking(value), seconds, value);
  }
  for (const value of ['', '-5', '-1.5', '+3', '1e3', '0x10', 'soon', 'in 5', '5, 10', '1.', '.5', 'NaN', 'Infinity']) {
    t.equal(await asking(value), undefined, `nothing that can be relied on: ${value}`);
  }
  const then = new Date(Math.ceil(Date.now() / 1000) * 1000 + 3_600_000);
  const utc = then.toUTCString();
  const [, day = '', month = '', year = '', time = ''] = /^\w+, (\d+) (\w+) (\d+) (\S+)/.exec(utc) ?? [];
  for (const date of [
    utc,
    `Monday, ${day}-${month}-${year.slice(2)} ${time} GMT`,
    `Mon ${month} ${day.replace(/^0/, ' ')} ${time} ${year}`,
    then.toISOString(),
  ]) {
    const seconds = (await asking(date)) as number;
    t.ok(seconds > 3590 && seconds <= 3601, `${date}: ${seconds}`);
  }
  t.equal(await asking('Sun, 06 Nov 1994 08:49:37 GMT'), 0, 'a moment that is over');
});

t.test('it is waited for as long as that, and not at all if it is too long', async (t) => {
  const start = performance.now();
  const network = aNetwork(refused(503, 'server/overloaded', {}, { 'retry-after': '0.3' }), listed([]));
  await aClientOn(network).list();
  t.ok(performance.now() - start >= 295);
  const huge = aNetwork(refused(429, 'rate/limited', {}, { 'retry-after': '9'.repeat(400) }));
  await t.rejects(aClientOn(huge).list(), { code: 'rate/limited' });
  t.equal(huge.seen.length, 1);
});
