import t from 'tap';
import { makeEventParser } from '../../packages/client/src/live/event-parser.ts';

const parsed = (...texts: string[]) => {
  const parser = makeEventParser();
  const events = texts.flatMap((text) => parser.read(text));
  return { events, lastId: parser.lastId(), retry: parser.retry() };
};
const message = (data: string, id = '') => ({ type: 'message', data, id });

// The examples of the HTML standard, section "Interpreting an event stream".
t.test('the examples of the standard', async (t) => {
  t.strictSame(parsed('data: YHOO\ndata: +2\ndata: 10\n\n').events, [message('YHOO\n+2\n10')]);
  t.strictSame(parsed(': test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event'), {
    events: [message('first event', '1'), message('second event')],
    lastId: '',
    retry: undefined,
  });
  t.strictSame(parsed('data\n\ndata\ndata\n\ndata:').events, [message(''), message('\n')]);
  t.strictSame(parsed('data:test\n\ndata: test\n\n').events, [message('test'), message('test')]);
  t.strictSame(parsed('event: add\ndata: 73857293\n\nevent: remove\ndata: 2153\n\n').events, [
    { type: 'add', data: '73857293', id: '' },
    { type: 'remove', data: '2153', id: '' },
  ]);
});
t.test('wherever the text is cut', async (t) => {
  const text = '\uFEFFid: 7\r\nretry: 3000\r\n\r\nevent: change\rdata: {"a":\rdata: 1}\r\rdata: ü\n\n';
  const expected = {
    events: [{ type: 'change', data: '{"a":\n1}', id: '7' }, message('ü', '7')],
    lastId: '7',
    retry: 3000,
  };
  t.strictSame(parsed(text), expected);
  for (let at = 1; at < text.length; at += 1)
    t.strictSame(parsed(text.slice(0, at), text.slice(at)), expected, `${at}`);
  t.strictSame(parsed(...text), expected);
});
t.test('fields that are not valid, and ids without an event', async (t) => {
  t.strictSame(parsed('id: a\n\nid: b\0\nretry: 1s\nretry: -1\nother: x\ndata: y\n\n'), {
    events: [message('y', 'a')],
    lastId: 'a',
    retry: undefined,
  });
  t.equal(parsed('id: a\n').lastId, '', 'an id counts once its event is complete');
  t.strictSame(parsed('event: x\n\ndata: y\n\n').events, [message('y')], 'a type without data is forgotten');
});
t.test('what is pending', async (t) => {
  const parser = makeEventParser();
  parser.read('data: abc\ndata: de');
  t.ok(parser.pending() >= 10);
  parser.read('\n\n');
  t.equal(parser.pending(), 0);
});
