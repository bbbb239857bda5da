import t from 'tap';
import { aClientOn, aNetwork, aTask } from '../support/http/typed-client.ts';

const change = (revision: number) => JSON.stringify({ op: 'put', task: aTask({ revision }) });
const a = change(1);
const [head = '', middle = '', tail = ''] = change(2).split(/(?<=[{,])/, 3);
const inLines = [head, middle, tail + change(2).slice(head.length + middle.length + tail.length)];

/**
 * Reads what a server sends in some pieces, before it loses the client.
 * @returns the revisions that came, where the client goes on, and after which time, if the server has named one
 */
const readAs = async (...pieces: string[]) => {
  const revisions: number[] = [];
  const end = new AbortController();
  const network = aNetwork(
    () =>
      new Response(
        new ReadableStream({
          start(controller) {
            for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
            controller.close();
          },
        }),
        { headers: { 'content-type': 'text/event-stream' } },
      ),
    () => {
      end.abort();
      throw new Error('enough');
    },
  );
  const onChange = (change: { task?: { revision: number } }) => revisions.push(change.task?.revision ?? 0);
  await aClientOn(network).subscribe(onChange as never, { signal: end.signal, since: 'c0' });
  return { revisions, cursor: network.seen[1]?.headers.get('last-event-id') };
};

// As in the examples of the HTML standard, section "Interpreting an event stream".
t.test('the examples of the standard', async (t) => {
  const threeLines = inLines.map((line) => `data: ${line}\n`).join('');
  t.strictSame(await readAs(`event: change\n${threeLines}\n`), { revisions: [2], cursor: 'c0' });
  t.strictSame(
    await readAs(`: test stream\n\nevent:change\ndata:${a}\nid: 1\n\nevent: change\ndata:   ${change(2)}\n`),
    { revisions: [1], cursor: '1' },
    'a comment, spaces or none, and a last event that is not complete',
  );
  t.strictSame(
    await readAs(`event: change\ndata\n\nevent: change\ndata\ndata\n\nevent: change\ndata: ${a}\n\ndata:`),
    { revisions: [1], cursor: 'c0' },
    'empty data',
  );
  t.strictSame(await readAs(`event: add\ndata: ${a}\n\ndata: ${a}\n\nevent: change\ndata: ${change(3)}\n\n`), {
    revisions: [3],
    cursor: 'c0',
  });
});

t.test('wherever the text is cut, and however its lines end', async (t) => {
  for (const ending of ['\n', '\r\n', '\r']) {
    const lines = [
      'id: 7',
      'retry: 1',
      '',
      'event: change',
      ...inLines.map((line) => `data: ${line}`),
      '',
      'id: 8',
      '',
    ];
    const text = `\uFEFF${lines.map((line) => line + ending).join('')}:`;
    const expected = { revisions: [2], cursor: '7' };
    t.strictSame(await readAs(text), expected);
    t.strictSame(await readAs(...text), expected, 'one by one');
    const halves = await Promise.all(Array.from(text, (_, at) => readAs(text.slice(0, at), text.slice(at))));
    for (const half of halves) t.strictSame(half, expected);
  }
});

t.test('fields that are not valid', async (t) => {
  const text = `id: a\n\nid: b\0\nretry: 1s\nretry: -1\nother: x\nevent: change\ndata: ${a}\n\n`;
  t.strictSame(await readAs(text), { revisions: [1], cursor: 'a' });
  t.strictSame(await readAs(`event: change\n\ndata: ${a}\n\n`), { revisions: [], cursor: 'c0' }, 'a type without data');
  t.strictSame(await readAs(`id: x\nevent: change\ndata: ${a}\n`), { revisions: [], cursor: 'c0' }, 'an id too early');
  t.strictSame(await readAs('event: change\ndata: {"op": "put"}\n\nevent: change\ndata: {\n\n'), {
    revisions: [],
    cursor: 'c0',
  });
});

t.test('an event that does not end within the bound', async (t) => {
  const endless = new ReadableStream({
    pull(controller) {
      controller.enqueue(new TextEncoder().encode('data: x\n'.repeat(100)));
    },
  });
  const page = Response.json({ success: true, data: [], meta: { cursor: 'c1', has_more: false } });
  const network = aNetwork(new Response(endless, { headers: { 'content-type': 'text/event-stream' } }), page);
  const end = new AbortController();
  const client = aClientOn(network, { maxResponseBytes: 1_000 });
  await client.subscribe(() => {}, { signal: end.signal, onStart: () => end.abort() });
  t.match(network.seen[1]?.url, /changes/, 'is given up, and changes are asked for');
});
