import { type Clause, missingId, onOneTask, type Probe } from '../../clause.ts';
import type { HttpResponse } from '../../http-messages.ts';
import { demand, demandHeader, demandSame, demandStatus, expectError, faultsOf } from '../../unmet.ts';

const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

/** Sends a body in every way in which one can be sent. */
const sendEverywhere = async ({ add, call }: Probe, body: string | Buffer, type = 'application/json') => {
  const { id } = await add();
  const headers = { 'content-type': type };
  return [
    await call('POST', '', body, headers),
    await call('PUT', `/${id}`, body, headers),
    await call('PATCH', `/${id}`, body, headers),
    await call('PATCH', `/${id}/complete`, body, headers),
  ];
};

const malformed = (id: string, says: string, mend: string, ...bodies: (string | Buffer)[]): Clause => ({
  id: `errors.${id}`,
  says,
  mend,
  async check(probe) {
    for (const body of bodies) for (const response of await sendEverywhere(probe, body)) demandStatus(response, 400);
  },
});

const severalErrors = async ({ call, send, mine }: Probe): Promise<HttpResponse[]> => [
  await call('POST', '', '{'),
  await send({ method: 'GET', path: mine }),
  await call('GET', `/${missingId}`),
  await call('PUT', '', { title: 'x' }),
  await call('POST', '', 'x', { 'content-type': 'text/plain' }),
  await call('POST', '', {}),
];

/** What is refused, and how that looks. */
export const errors: Clause[] = [
  {
    id: 'errors.body',
    says: 'An error is application/problem+json with type, title, status and detail (bare), or {"success": false, "error": …, "detail": …} (envelope).',
    mend: 'Return every error in the form of its style, with a sentence that a person can read; in the envelope, `detail` is the same as `error`.',
    async check(probe) {
      const { style } = probe;
      for (const response of await severalErrors(probe)) {
        demandHeader(response, 'Content-Type', style.errorType, String(style.errorType));
        const body = (response.json ?? {}) as Record<string, unknown>;
        const sentence = body[style.sentence];
        demand(response, typeof sentence === 'string' && sentence.includes(' '), `a sentence in \`${style.sentence}\``);
        if (style.name === 'envelope') {
          demandSame(response, '`success`', body.success, false);
          demandSame(response, '`detail`', body.detail, sentence);
        } else {
          demandSame(response, '`status`', body.status, response.status);
          for (const name of ['type', 'title'])
            demand(response, typeof body[name] === 'string', `a text in \`${name}\``);
        }
      }
    },
  },
  {
    id: 'errors.request-id',
    says: 'Every response carries X-Request-Id, and an error body the same value in request_id.',
    mend: 'Give every request an id, log under it, and send it with every response.',
    async check(probe) {
      demandHeader(await probe.call('GET', ''), 'X-Request-Id');
      for (const response of await severalErrors(probe)) {
        const id = demandHeader(response, 'X-Request-Id');
        demandSame(response, '`request_id`', (response.json as { request_id?: unknown } | undefined)?.request_id, id);
      }
    },
  },
  {
    id: 'errors.all-faults',
    says: 'A 422 names every fault of the input at once, each with its field and a message.',
    mend: 'Collect all faults into `errors: [{"field", "message"}]` before you refuse.',
    async check({ call }) {
      const body = await call('POST', '', { title: '', description: 12, completed: 'yes', extra: 1 });
      expectError(body, 422, 'title', 'description', 'completed', 'extra');
      const query = await call('GET', '?limit=0&status=done&extra=1');
      expectError(query, 422, 'limit', 'status', 'extra');
      for (const response of [body, query]) {
        const said = faultsOf(response).every(({ message }) => typeof message === 'string' && message !== '');
        demand(response, said, 'a message with every fault');
      }
    },
  },
  malformed(
    'not-json',
    'A body that is not JSON is refused with 400.',
    'Answer 400 for what cannot be parsed, and 422 for what can and does not fit.',
    '{"title":"x"',
    'title=x',
    '{"title":"x"} {}',
  ),
  malformed(
    'invalid-utf-8',
    'A body that is not valid UTF-8 is refused with 400.',
    'Decode strictly: a replaced character is data lost.',
    Buffer.from('{"title":"caf\xe9"}', 'latin1'),
  ),
  malformed(
    'proto',
    'A body with __proto__ is refused with 400.',
    'Refuse the key, also where it is written with escapes.',
    '{"title":"x","__proto__":{"completed":true}}',
    '{"title":"x","\\u005f_proto__":{}}',
  ),
  malformed(
    'depth',
    'A body that is nested deeper than 32 levels is refused with 400.',
    'Count the levels of objects and arrays.',
    nested(33),
    `{"title":${'['.repeat(32)}${']'.repeat(32)}}`,
  ),
  {
    id: 'errors.no-object',
    says: 'A body that is JSON and no object is refused with 422.',
    mend: 'Take objects only.',
    async check(probe) {
      for (const body of ['[]', '"x"', '12', 'null', 'true']) {
        for (const response of await sendEverywhere(probe, body)) demandStatus(response, 422);
      }
    },
  },
  {
    id: 'errors.too-large',
    says: 'A body over 64 KiB is refused with 413; one that is smaller is read.',
    mend: 'Bound bodies at 65 536 bytes, and stop reading there.',
    async check({ call }) {
      const ofLength = (length: number) => {
        const text = '{"title":"x","description":""}';
        return text.replace('""', `"${'x'.repeat(length - text.length)}"`);
      };
      demandStatus(await call('POST', '', ofLength(64 * 1024 + 1)), 413);
      expectError(await call('POST', '', ofLength(64 * 1024)), 422, 'description');
    },
  },
  {
    id: 'errors.media-type',
    says: 'A body of another type than JSON is refused with 415.',
    mend: 'Read application/json, and with PATCH application/merge-patch+json, whatever else it looks like.',
    async check(probe) {
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx']) {
        for (const response of await sendEverywhere(probe, '{"title":"x"}', type)) demandStatus(response, 415);
      }
    },
  },
  {
    id: 'errors.charset',
    says: 'Content-Type may say charset=utf-8.',
    mend: 'Take the parameter: many clients send it.',
    async check({ call }) {
      for (const type of ['application/json; charset=utf-8', 'application/json;charset=UTF-8', 'Application/JSON']) {
        demandStatus(await call('POST', '', '{"title":"x"}', { 'content-type': type }), 201);
      }
    },
  },
  {
    id: 'errors.method',
    says: 'A method that a path does not have gets 405 and Allow.',
    mend: 'Know the methods of every path: 404 would say that there is nothing.',
    async check({ add, call }) {
      const { id } = await add();
      for (const [method, path, allowed] of [
        ['PUT', '', ['GET', 'POST']],
        ['DELETE', '', ['GET', 'POST']],
        ['PATCH', '', ['GET', 'POST']],
        ['POST', `/${id}`, ['GET', 'PUT', 'PATCH', 'DELETE']],
        ['GET', `/${id}/complete`, ['PATCH']],
        ['POST', `/${id}/complete`, ['PATCH']],
      ] as const) {
        const response = await call(method, path, method === 'GET' ? undefined : { title: 'x' });
        demandStatus(response, 405);
        const allow = demandHeader(response, 'Allow').split(/\s*,\s*/);
        for (const name of allowed) demand(response, allow.includes(name), `${name} in Allow`, allow.join(', '));
      }
    },
  },
  {
    id: 'errors.missing-task',
    says: 'A task that does not exist gets 404, on every operation.',
    mend: 'Answer 404; do not create what a PUT names, nor call a second DELETE a success.',
    async check({ call }) {
      for (const [method, suffix, body] of onOneTask) {
        demandStatus(await call(method, `/${missingId}${suffix}`, body), 404);
      }
    },
  },
  {
    id: 'errors.impossible-id',
    says: 'An id that could never exist (abc, 0, -1, 2³¹) gets 404.',
    mend: 'Answer as for a missing task, not with 400, 422 or 500.',
    async check({ call }) {
      for (const id of ['abc', '0', '-1', `${missingId}.5`, '2147483648', '9'.repeat(40), '%00']) {
        for (const [method, suffix, body] of onOneTask) {
          demandStatus(await call(method, `/${id}${suffix}`, body), 404);
        }
      }
    },
  },
  {
    id: 'errors.no-route',
    says: 'A path that leads nowhere gets 404.',
    mend: 'Answer 404 in the style of the errors.',
    async check({ call }) {
      for (const path of ['/1/2/3', '/1/finish']) demandStatus(await call('GET', path), 404);
    },
  },
  {
    id: 'errors.bad-path',
    says: 'A path that is not well-formed percent-encoded UTF-8 is refused with 400.',
    mend: 'Refuse what cannot be decoded, and do not guess.',
    async check({ call }) {
      for (const path of ['/%', '/%ff', '/1/%zz']) demandStatus(await call('GET', path), 400);
    },
  },
];
