import t from 'tap';
import { aCaller, anApi } from '../support/http/api.ts';
import { makeMemoryStores } from '../support/memory-stores.ts';

// As long as all headers together may be, and more than any that a browser sends.
const length = 16_000;
const filled = (start: string, filling: string, end: string) =>
  `${start}${filling.repeat(length / filling.length)}${end}`;

const headers = {
  'commas and spaces, then no tag': filled('"1"', ', ', 'x'),
  'commas and more spaces, then no tag': filled('"1"', ',   ', 'x'),
  'commas and spaces before no tag': filled('', ' ,', 'x'),
  'spaces, then no tag': filled('"1"', ' ', 'x'),
  'spaces before no tag': filled('', ' ', 'x'),
  'tags, then no tag': filled('', '"1" , ', 'x'),
  'weak tags, then a quote': filled('', 'W/"1",', '"'),
  'quotes that never end': filled('"1"', '"', ''),
  'tags that are all in order': filled('"1"', ', "1"', ''),
};

for (const [name, header] of Object.entries(headers)) {
  t.test(`a long header costs no time · ${name}`, async (t) => {
    const app = await anApi(t, makeMemoryStores());
    const me = aCaller(app);
    await me.call('POST', '/api/tasks', { title: 'Buy milk' });
    const start = performance.now();
    const responses = await Promise.all([
      me.call('GET', '/api/tasks', undefined, { 'if-none-match': header }),
      me.call('GET', '/api/tasks/1', undefined, { 'if-none-match': header }),
      me.call('PATCH', '/api/tasks/1', { completed: true }, { 'if-match': header }),
    ]);
    const took = performance.now() - start;
    t.ok(took < 1_500, `${took.toFixed()} ms`);
    t.notOk(responses.some(({ statusCode }) => statusCode >= 500));
  });
}
