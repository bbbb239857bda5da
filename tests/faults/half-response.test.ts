import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { makeOwnerPorts } from '@taskward/adapters-postgres';
import t, { type Test } from 'tap';
import { aUser } from '../support/builders.ts';
import { open, poolSettings } from '../support/postgres/database.ts';

const message = (type: string, body: string | Buffer): Buffer => {
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(Buffer.byteLength(body) + 4, 1);
  return Buffer.concat([head, Buffer.from(body)]);
};

const signedIn = message('R', Buffer.alloc(4));
const ready = message('Z', 'I');
const nothing = Buffer.concat([message('C', 'SELECT 0\0'), ready]);
const refused = message('E', 'SERROR\0C57014\0Mcanceling statement due to statement timeout\0\0');

/** A server that rejects every pipeline, and falls silent before it reports that it is ready for another. */
const aServerThatStops = async (t: Test): Promise<string> => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    socket.on('data', ([type]) => {
      if (type === 0) socket.write(Buffer.concat([signedIn, ready]));
      else if (type === 'Q'.charCodeAt(0)) socket.write(nothing);
      else if (type === 'P'.charCodeAt(0)) socket.write(refused);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `postgresql://nobody@127.0.0.1:${(server.address() as AddressInfo).port}/nothing`;
};

t.test('a server that falls silent in the middle of a response is given up after a time', async (t) => {
  const database = open(t, await aServerThatStops(t), { ...poolSettings, size: 1, maxOverflow: 0 });
  const start = Date.now();
  await t.rejects(makeOwnerPorts({ database }).tasks.get(aUser(), 1), { code: 'database/unavailable' });
  const took = Date.now() - start;
  t.ok(took < 8_500, `after ${took} ms`);
});
