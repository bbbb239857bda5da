import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import type { Caller } from '../support/http/api.ts';
import { onStyles, overStores } from '../support/http/client.ts';
import { isRefused } from '../support/http/errors.ts';

const json = { 'content-type': 'application/json' };
const body = JSON.stringify({ title: 'Buy milk' });

/** What the server says to a request with these lines in its head and this body. */
const exchange = async (app: FastifyInstance, caller: Caller, start: string, lines: string[], sent: string) => {
  if (!app.server.listening) await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  const head = [`${start} HTTP/1.1`, 'Host: x', `Authorization: Bearer ${caller.token}`, ...lines, 'Connection: close'];
  socket.write(`${head.join('\r\n')}\r\n\r\n${sent}`);
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  await once(socket, 'close');
  return text;
};

const type = 'Content-Type: application/json';
const chunked = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;

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
    for (const coding of ['gzip, chunked', 'identity, chunked']) {
      const lines = [type, `Transfer-Encoding: ${coding}`];
      const text = await exchange(app, me, `POST ${url}`, lines, chunked);
      t.match(text, /^HTTP\/1\.1 415 /, coding);
      t.match(text.toLowerCase(), /\r\naccept-encoding: identity\r\n/);
      t.match(text, /only `chunked` is read/);
    }
    const lines = [type, 'Transfer-Encoding: Chunked', 'Content-Encoding: identity'];
    t.match(await exchange(app, me, `POST ${url}`, lines, chunked), /^HTTP\/1\.1 201 /);
  });

  onStyles(
    t,
    app,
    '415 · content that is said to be chunked, which only a transfer can be',
    async (t, { style, me, url }) => {
      const response = await me.call('POST', url, body, { ...json, 'content-encoding': 'chunked' });
      isRefused(t, response, { status: 415, code: 'request/unsupported-media-type', style });
      const lines = [type, 'Content-Encoding: chunked', 'Transfer-Encoding: chunked'];
      t.match(await exchange(app, me, `POST ${url}`, lines, chunked), /^HTTP\/1\.1 415 /);
    },
  );

  onStyles(t, app, 'what has no body is not encoded, whatever its head says', async (t, { me, url, add }) => {
    const { id } = await add();
    for (const length of [[], ['Content-Length: 0']]) {
      const lines = ['Content-Encoding: gzip', ...length];
      t.match(await exchange(app, me, `PATCH ${url}/${id}/complete`, lines, ''), /^HTTP\/1\.1 200 /);
    }
    const { statusCode } = await me.call('DELETE', `${url}/${id}`, undefined, { 'content-encoding': 'gzip' });
    t.ok([200, 204].includes(statusCode), `${statusCode}`);
  });
});
