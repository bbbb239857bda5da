import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { isRefused, onStyles, overStores } from './support.ts';

const json = { 'content-type': 'application/json' };
const body = JSON.stringify({ title: 'Buy milk' });

overStores((t, { app }) => {
  onStyles(t, app, '415 · a body that is, or is said to be, compressed', async (t, { style, me, url }) => {
    for (const [encoding, payload] of [
      ['gzip', gzipSync(body)],
      ['gzip', body],
      ['GZip', body],
      ['br', body],
      ['identity, gzip', body],
    ] as const) {
      const response = await me.call('POST', url, payload, { ...json, 'content-encoding': encoding });
      isRefused(t, response, { status: 415, code: 'request/unsupported-media-type', style });
      t.equal(response.headers['accept-encoding'], 'identity');
      t.match(response.body, /only `identity` is read/);
    }
    const plain = await me.call('POST', url, body, { ...json, 'content-encoding': 'identity' });
    t.equal(plain.statusCode, 201);
  });

  onStyles(t, app, '415 · a compressed transfer', async (t, { me, url }) => {
    if (!app.server.listening) await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    socket.write(
      `POST ${url} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${me.token}\r\nContent-Type: application/json\r\n` +
        `Transfer-Encoding: gzip, chunked\r\nConnection: close\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
    );
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    await once(socket, 'close');
    t.match(text, /^HTTP\/1\.1 415 /);
    t.match(text.toLowerCase(), /\r\naccept-encoding: identity\r\n/);
  });
});
