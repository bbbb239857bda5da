import t from 'tap';
import {
  aSetting,
  holdClock,
  hour,
  isAccepted,
  isUnavailable,
  isUnknown,
  listed,
  minute,
  second,
} from './key-source.ts';
import { anEdKey } from './keys.ts';

const [a, b, stranger] = [anEdKey(), anEdKey(), anEdKey()];
const byA = { alg: 'EdDSA', kid: 'a' };
const byB = { alg: 'EdDSA', kid: 'b' };
const unknown = (number = 0) => ({ alg: 'EdDSA', kid: `unknown-${number}` });
const times = (count: number) => Array.from({ length: count }, (_, index) => index);

t.test('the keys are kept for 10 minutes', async (t) => {
  const clock = holdClock(t);
  const { source, ask } = await aSetting(t, [listed(a, 'a')]);
  t.equal(source.visits, 0, 'nothing is fetched before somebody asks');
  isAccepted(t, await ask(a, byA), 'at first');
  clock.pass(10 * minute - second);
  isAccepted(t, await ask(a, byA), 'just before');
  t.equal(source.visits, 1);
  clock.pass(2 * second);
  isAccepted(t, await ask(a, byA), 'and after');
  t.equal(source.visits, 2);
});

t.test('100 first requests at once make one fetch', async (t) => {
  const { source, ask } = await aSetting(t, [listed(a, 'a')]);
  const responses = await Promise.all(times(100).map(() => ask(a, byA)));
  t.strictSame([...new Set(responses.map(({ status }) => status))], [200]);
  t.equal(source.visits, 1);
});

t.test('100 requests at once when the keys are 10 minutes old make one fetch more', async (t) => {
  const clock = holdClock(t);
  const { source, ask } = await aSetting(t, [listed(a, 'a')]);
  isAccepted(t, await ask(a, byA), 'at first');
  clock.pass(11 * minute);
  const responses = await Promise.all(times(100).map(() => ask(a, byA)));
  t.strictSame([...new Set(responses.map(({ status }) => status))], [200]);
  t.equal(source.visits, 2);
});

t.test('1 000 tokens with unknown kids make at most one fetch per 30 s', async (t) => {
  const clock = holdClock(t);
  const { source, keySet, ask } = await aSetting(t, [listed(a, 'a')]);
  isAccepted(t, await ask(a, byA), 'a known one');
  const flood = () =>
    Promise.all(
      times(1000).map((number) =>
        keySet.find(unknown(number)).then(
          () => 'found',
          ({ code }) => code,
        ),
      ),
    );
  for (const [passed, visits] of [
    [0, 1],
    [29, 1],
    [2, 2],
    [1, 2],
    [28, 2],
    [2, 3],
  ] as const) {
    clock.pass(passed * second);
    t.strictSame([...new Set(await flood())], ['auth/invalid-token'], 'all are refused');
    t.equal(source.visits, visits, `${visits} fetches`);
  }
  isUnknown(t, await ask(stranger, unknown()), 'the sentence says so');
  isUnknown(t, await ask(a, unknown()), 'and of a known key under a name that is not its own');
  isAccepted(t, await ask(a, byA), 'meanwhile the known one works');
  for (const number of times(20)) await ask(stranger, unknown(number));
  t.equal(source.visits, 3, 'one after another makes no difference');
});

t.test('rotation: the old and the new key both work, until the old one is taken off', async (t) => {
  const clock = holdClock(t);
  const { source, ask } = await aSetting(t, [listed(a, 'a')]);
  isAccepted(t, await ask(a, byA), 'before');
  source.keys = [listed(b, 'b'), listed(a, 'a')];
  clock.pass(31 * second);
  isAccepted(t, await ask(b, byB), 'the new one, as soon as it is used');
  isAccepted(t, await ask(a, byA), 'the old one');
  t.equal(source.visits, 2);
  source.keys = [listed(b, 'b')];
  clock.pass(11 * minute);
  isAccepted(t, await ask(b, byB), 'the new one alone');
  isUnknown(t, await ask(a, byA), 'the old one is no longer known');
});

t.test('a new key under an old name takes its place', async (t) => {
  const clock = holdClock(t);
  const { source, ask } = await aSetting(t, [listed(a, 'a')]);
  isAccepted(t, await ask(a, byA), 'before');
  source.keys = [listed(b, 'a')];
  clock.pass(11 * minute);
  isAccepted(t, await ask(b, byA), 'the new key');
  t.match(await ask(a, byA), { status: 401, code: 'auth/invalid-token' }, 'and not the old one');
});

t.test('down from the start: 503 for every token, and no storm of fetches', async (t) => {
  const clock = holdClock(t);
  const { source, keySet, ask } = await aSetting(t, [listed(a, 'a')]);
  source.isDown = true;
  isUnavailable(t, await ask(a, byA), 'of a key that is good');
  isUnavailable(t, await ask(stranger, byA), 'of one that is not');
  isUnavailable(t, await ask(stranger, unknown()), 'of one that is unknown');
  isUnavailable(t, await ask(stranger, { alg: 'EdDSA' }), 'of one without a name');
  await t.rejects(keySet.check(), { code: 'auth/keys-unavailable' }, 'not ready');
  const responses = await Promise.all(times(100).map(() => ask(a, byA)));
  t.strictSame([...new Set(responses.map(({ status }) => status))], [503]);
  t.ok(source.visits <= 2, `${source.visits} fetches for 104 requests at one moment`);

  source.isDown = false;
  clock.pass(5 * second);
  isAccepted(t, await ask(a, byA), 'back up');
  t.match(await ask(stranger, byA), { status: 401 }, 'forged is forged again');
  isUnknown(t, await ask(stranger, unknown()), 'and unknown is unknown');
  await t.resolves(keySet.check(), 'ready');
});

t.test('ready as soon as the keys can be fetched, before anybody asked', async (t) => {
  const { source, keySet } = await aSetting(t, [listed(a, 'a')]);
  await t.resolves(keySet.check());
  await t.resolves(keySet.check());
  t.equal(source.visits, 1);
});

t.test('goes down later: known keys work for 24 hours, unknown ones are 503', async (t) => {
  const clock = holdClock(t);
  const { source, keySet, ask } = await aSetting(t, [listed(a, 'a')]);
  isAccepted(t, await ask(a, byA), 'while it is up');
  source.isDown = true;
  for (let passed = 0; passed < 23.5 * hour; passed += 30 * minute) {
    clock.pass(30 * minute);
    const { status } = await ask(a, byA);
    if (status !== 200) t.fail(`${status} after ${passed / hour} h`);
  }
  isAccepted(t, await ask(a, byA), 'after 23.5 h');
  await t.resolves(keySet.check(), 'still ready');
  isUnavailable(t, await ask(stranger, unknown()), 'unknown: it may be a new one');
  t.match(await ask(stranger, byA), { status: 401 }, 'forged: that can be told');

  const { visits } = source;
  for (const number of times(200)) await ask(stranger, unknown(number));
  t.ok(source.visits - visits <= 1, `${source.visits - visits} fetches for 200 unknown ones`);

  clock.pass(hour);
  isUnavailable(t, await ask(a, byA), 'after 24.5 h nobody can vouch for it');

  source.isDown = false;
  source.keys = [listed(b, 'b'), listed(a, 'a')];
  clock.pass(5 * second);
  isAccepted(t, await ask(a, byA), 'back up');
  isAccepted(t, await ask(b, byB), 'with a new key');
  isUnknown(t, await ask(stranger, unknown()), 'unknown is unknown again');
});

t.test('down for a while: a key made meanwhile is accepted half a minute after it is back', async (t) => {
  const clock = holdClock(t);
  const { source, ask } = await aSetting(t, [listed(a, 'a')]);
  isAccepted(t, await ask(a, byA), 'at first');
  source.isDown = true;
  clock.pass(31 * second);
  isUnavailable(t, await ask(b, byB), 'down');
  isAccepted(t, await ask(a, byA), 'the known one');
  source.isDown = false;
  source.keys = [listed(a, 'a'), listed(b, 'b')];
  clock.pass(31 * second);
  isAccepted(t, await ask(b, byB), 'back');
  isAccepted(t, await ask(a, byA), 'the known one');
});

const noKeys: Readonly<Record<string, () => Response>> = {
  'status 500': () => new Response('{"keys":[]}', { status: 500 }),
  'status 404': () => new Response('not here', { status: 404 }),
  'status 300 with keys': () => Response.json({ keys: [] }, { status: 300 }),
  'status 203 with keys': () => Response.json({ keys: [] }, { status: 203 }),
  'status 204': () => new Response(null, { status: 204 }),
  'status 302 without an address': () => new Response(null, { status: 302 }),
  'no JSON': () => new Response('<!doctype html>'),
  nothing: () => new Response(''),
  'JSON null': () => Response.json(null),
  'a JSON array': () => Response.json([]),
  'an object without keys': () => Response.json({ error: 'later' }),
  'keys that are no array': () => Response.json({ keys: {} }),
  'keys that are no objects': () => Response.json({ keys: ['a', null] }),
  'half of it': () => new Response('{"keys":[{"kty":"OKP"'),
};

for (const [name, response] of Object.entries(noKeys)) {
  t.test(`a response that is no key set is none: ${name}`, async (t) => {
    const clock = holdClock(t);
    const { source, keySet, ask } = await aSetting(t, [listed(a, 'a')]);
    source.response = response;
    isUnavailable(t, await ask(a, byA), 'from the start');
    await t.rejects(keySet.check(), { code: 'auth/keys-unavailable' });
    for (const _ of times(20)) await ask(a, byA);
    t.ok(source.visits <= 2, `${source.visits} fetches for 22 requests at one moment`);

    source.response = undefined;
    clock.pass(5 * second);
    isAccepted(t, await ask(a, byA), 'then the right one');

    source.response = response;
    for (const passed of [11 * minute, hour, hour]) {
      clock.pass(passed);
      isAccepted(t, await ask(a, byA), 'later: the last keys are used on');
      isUnavailable(t, await ask(stranger, unknown()), 'and unknown ones are 503');
    }
  });
}

t.test('a key set without keys takes all of them back', async (t) => {
  const clock = holdClock(t);
  const { source, ask } = await aSetting(t, [listed(a, 'a')]);
  isAccepted(t, await ask(a, byA), 'at first');
  source.keys = [];
  clock.pass(11 * minute);
  isUnknown(t, await ask(a, byA), 'after');
});
