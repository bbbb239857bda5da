import t, { type Test } from 'tap';
import { aLimitedApi, from, remaining } from './support.ts';

const proxy = '10.1.2.3';
const stranger = '198.51.100.9';
const [client, other, invented] = ['203.0.113.1', '203.0.113.2', '192.0.2.66'];

type Call = readonly [remoteAddress: string, forwardedFor?: string];

const leftAfter = async (t: Test, trustedProxies: readonly string[] | undefined, calls: readonly Call[]) => {
  const app = await aLimitedApi(t, { max: 10, ...(trustedProxies && { trustedProxies }) });
  const left: number[] = [];
  for (const [address, forwarded] of calls)
    left.push(remaining(await from(app, address, forwarded === undefined ? {} : { 'x-forwarded-for': forwarded })));
  return left;
};

t.test('X-Forwarded-For is ignored where no proxy is trusted', async (t) => {
  for (const nobody of [undefined, []]) {
    const calls: Call[] = [[stranger], [stranger, client], [stranger, other], [stranger, `${client}, ${other}`]];
    t.strictSame(await leftAfter(t, nobody, calls), [9, 8, 7, 6], 'the address of the connection counts');
    t.strictSame(
      await leftAfter(t, nobody, [
        [stranger, client],
        [proxy, client],
      ]),
      [9, 9],
    );
  }
});

t.test('X-Forwarded-For is ignored from who is not a listed proxy', async (t) => {
  const calls: Call[] = [[stranger, client], [stranger, other], [stranger, proxy], [stranger]];
  t.strictSame(await leftAfter(t, ['10.0.0.0/8'], calls), [9, 8, 7, 6]);
  t.strictSame(
    await leftAfter(
      t,
      ['10.1.2.3'],
      [
        ['10.1.2.4', client],
        ['10.1.2.4', other],
      ],
    ),
    [9, 8],
    'a neighbour',
  );
});

t.test('X-Forwarded-For is believed from a listed proxy', async (t) => {
  const calls: Call[] = [[proxy, client], [proxy, other], [proxy, client], ['10.9.9.9', client], [client]];
  const shared = [9, 9, 8, 7, 6];
  for (const list of [['10.0.0.0/8'], ['192.0.2.0/24', '10.0.0.0/8'], ['10.1.2.3', '10.9.9.9']])
    t.strictSame(await leftAfter(t, list, calls), shared, list.join());
  const mapped: Call[] = [
    [`::ffff:${proxy}`, client],
    [proxy, client],
    [`::ffff:${stranger}`, client],
  ];
  t.strictSame(await leftAfter(t, ['10.0.0.0/8'], mapped), [9, 8, 9], 'also where it connects over a socket for both');
  const six: Call[] = [
    ['fd00::5', '2001:db8::1'],
    ['fd00::6', '2001:db8::2'],
    ['fe00::5', '2001:db8::3'],
  ];
  t.strictSame(await leftAfter(t, ['fd00::/8'], six), [9, 8, 9], 'IPv6, and what it forwards by /64');
});

t.test('entries further left, which the client itself can send, help nobody', async (t) => {
  const chains = [client, `${invented}, ${client}`, `${other},${client}`, `${proxy}, ${client}`, `nonsense, ${client}`];
  const left = await leftAfter(t, ['10.0.0.0/8'], [...chains.map((chain): Call => [proxy, chain]), [client]]);
  t.strictSame(left, [9, 8, 7, 6, 5, 4], 'the last address that no trusted proxy has counts');
});

t.test('a chain of trusted proxies leads to the client before them', async (t) => {
  const calls: Call[] = [
    [proxy, `${client}, 10.7.7.7`],
    [proxy, `${invented}, ${client}, 10.7.7.7, 10.8.8.8`],
    [proxy, `${client}, ${other}, 10.7.7.7`],
    [proxy, `${client}, ${stranger}`],
  ];
  t.strictSame(await leftAfter(t, ['10.0.0.0/8'], calls), [9, 8, 9, 9]);
});

t.test('nothing that is forwarded makes a response fail', async (t) => {
  const app = await aLimitedApi(t, { max: 100, trustedProxies: ['10.0.0.0/8'] });
  const odd = [
    '',
    ' ',
    ',',
    ', ,',
    'unknown',
    '_hidden',
    '[2001:db8::1]:443',
    '203.0.113.1:5000',
    '::1/64',
    'fe80::1%25eth0',
    '1.2.3',
    '%',
    'x'.repeat(8_000),
    `${'203.0.113.1, '.repeat(500)}10.0.0.1`,
  ];
  for (const forwarded of odd) {
    const { statusCode } = await from(app, proxy, { 'x-forwarded-for': forwarded });
    t.equal(statusCode, 401, JSON.stringify(forwarded.slice(0, 40)));
  }
});
