import { crc32 } from 'node:zlib';
import { listIdentity, sortOrders, type TaskSort } from '@taskward/application';
import { aClient, type Client, overStores } from '../support/http/client.ts';
import { faultOf } from '../support/http/errors.ts';

const mutations = Number(process.env.TASKWARD_CURSOR_MUTATIONS ?? 3_000);

type Sort = TaskSort;
const sorts = Object.keys(sortOrders) as Sort[];

// As anybody can compute it: it needs no secret.
const forge = ({ me }: Client, sort: Sort, position: string | Buffer): string => {
  const bytes = Buffer.from(position as string);
  const list = { status: 'all', sort: [{ field: sort, order: sortOrders[sort] }] } as const;
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(JSON.stringify([me.userId, ...listIdentity(list), bytes.toString()])));
  return Buffer.concat([sum, bytes]).toString('base64url');
};

const instants = [
  ...['0000-01-01T00:00:00.000Z', '0000-12-31T23:59:59.999Z', '-000001-01-01T00:00:00.000Z'],
  ...['-271821-04-20T00:00:00.000Z', '+275760-09-13T00:00:00.000Z', '+010000-01-01T00:00:00.000Z'],
  ...['2026-02-30T00:00:00.000Z', '2026-13-01T00:00:00.000Z', '2026-01-01T24:00:00.000Z', '2026-01-01T00:00:60.000Z'],
  ...['2026-01-01T00:00:00Z', '2026-01-01', '2026-01-01T00:00:00.000+01:00', '2026-01-01T00:00:00.000Z ', 'infinity'],
  ...['', 'now', 'NaN'],
];
const titles = ['', ' ', ' a', 'a ', 'a\0', 'x'.repeat(201)];
const ids = ['0', '-1', '1.5', '2147483648', '1e9', '01', '+1', ' 1', '', 'x', '9007199254740993', '１'];
const isNullable = (sort: Sort) => ['due_date', 'priority', 'completed_at'].includes(sort);

const rightValues: Partial<Record<Sort, string>> = { title: 'a', priority: 'high', position: 'h00000001' };
const rightValue = (sort: Sort) => rightValues[sort] ?? '2026-11-20T09:30:00.123Z';

const wrongValues: Partial<Record<Sort, string[]>> = {
  title: titles,
  priority: ['HIGH', 'high ', '1', 'none', 'null', 'é'],
  position: ['', ' ', 'h', '1', 'h 1', 'h1\u00e9', 'é1'],
};

const positionOf = (...parts: (string | number)[]) => parts.join('\0');

const wrongPositions = (sort: Sort): (string | Buffer)[] => {
  const right = rightValue(sort);
  const values = (wrongValues[sort] ?? instants).filter((value) => value !== '' || !isNullable(sort));
  return [
    ...values.map((value) => positionOf(1, value)),
    ...ids.map((id) => positionOf(id, right)),
    ...['1', `1 ${right}`, positionOf(1, '', right), positionOf(1, `${right} `), positionOf(1, right, right)],
    ...[positionOf(right, 1), positionOf(1, right, ''), '', ' ', '[]', 'null'],
    Buffer.from([0x31, 0x00, 0xff]),
    Buffer.concat([Buffer.from(positionOf(1, right)), Buffer.from([0xc3])]),
  ];
};

overStores((t, { app }) => {
  const list = (client: Client, sort: Sort, cursor: string) =>
    client.me.call('GET', `${client.url}?${new URLSearchParams({ sort, cursor })}`);

  for (const sort of sorts) {
    t.test(`positions that no task can have, under the right checksum · 422 (${sort})`, async (t) => {
      const client = aClient(app);
      await client.add();
      for (const position of wrongPositions(sort)) {
        const response = await list(client, sort, forge(client, sort, position));
        t.equal(response.statusCode, 422, `${position}`.slice(0, 60));
        if (response.statusCode === 422) t.match(faultOf(response, 'cursor'), /not a cursor of this list/);
      }
    });
  }

  t.test('the first and the last instant there can be are places in a list', async (t) => {
    const client = aClient(app);
    await client.add();
    const at = async (value: string) => {
      const response = await list(client, 'created_at', forge(client, 'created_at', positionOf(1, value)));
      return response.json().length;
    };
    t.equal(await at('0001-01-01T00:00:00.000Z'), 0);
    t.equal(await at('9999-12-31T23:59:59.999Z'), 1);
  });

  t.test(`${mutations} mutated cursors · 200 or 422, never 500`, async (t) => {
    const client = aClient(app);
    for (const title of ['a', 'b', 'É']) await client.add({ title });
    let seed = 20_261_127;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
      return (seed >>> 8) % below;
    };
    // Half of them keep the checksum right, so that what is validated is the position.
    const mutate = (sort: Sort): string => {
      const bytes = Buffer.from(positionOf(1 + random(3), rightValue(sort)));
      for (let change = 0; change <= random(3); change += 1) {
        const at = random(bytes.length);
        bytes[at] = random(2) === 0 ? 0x30 + random(10) : random(256);
      }
      const cut = random(4) === 0 ? bytes.subarray(0, random(bytes.length)) : bytes;
      if (random(2) === 0) return forge(client, sort, cut);
      return Buffer.concat([Buffer.from([random(256), 0, random(256), 1]), cut]).toString('base64url');
    };
    const count: Record<number, number> = {};
    for (let done = 0; done < mutations; done += 1) {
      const sort = sorts[random(sorts.length)] as Sort;
      const cursor = mutate(sort);
      const { statusCode } = await list(client, sort, cursor);
      count[statusCode] = (count[statusCode] ?? 0) + 1;
      if (statusCode !== 200 && statusCode !== 422) t.fail(`${statusCode}: ${sort} ${cursor}`);
    }
    t.strictSame(Object.keys(count), ['200', '422'], JSON.stringify(count));
  });
});
