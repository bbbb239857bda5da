import assert from 'node:assert/strict';
import fc from 'fast-check';
import { onStyles, overStores } from '../support/http/client.ts';
import { isRefused } from '../support/http/errors.ts';

const json = { 'content-type': 'application/json' };

overStores((t, { app }) => {
  const cases: [body: string, key: string][] = [
    ['{"title": "a", "completed": false, "completed": true}', 'completed'],
    ['{"title": "a", "title": "a"}', 'title'],
    ['{"title": "a", "description": "b", "t\\u0069tle": "c"}', 'title'],
    ['{"title": {"a": [{"b": 1, "c": 2, "b": 3}]}}', 'b'],
    ['{"title": "a", "": 1, "": 2}', ''],
    ['{"a\\"b": 1, "a\\u0022b": 2}', 'a"b'],
    ['{"a\\\\": 1, "b": "\\\\\\"", "a\\\\": 2}', 'a\\'],
    ['{"1": 1, "1": 1}', '1'],
    [`{"${'x'.repeat(300)}": 1, "${'x'.repeat(300)}": 2}`, 'x'.repeat(100)],
    ['[{"a": 1, "a": 2}]', 'a'],
  ];
  onStyles(
    t,
    app,
    'a key twice in one object · 400 naming it, at any depth',
    async (t, { style, me, url, add, read }) => {
      const { id } = await add();
      for (const [body, key] of cases) {
        for (const [method, path] of [
          ['POST', url],
          ['PATCH', `${url}/${id}`],
          ['PUT', `${url}/${id}`],
          ['PATCH', `${url}/${id}/complete`],
          ['DELETE', `${url}/${id}`],
          ['POST', `${url}/batch`],
        ] as const) {
          const response = await me.call(method, path, body, json);
          const about = `${method} ${path} ${body.slice(0, 60)}`;
          isRefused(t, response, { status: 400, code: 'request/malformed', style, sentence: /more than once/ }, about);
          t.match(style.sentence(response), `\`${key}\``, about);
        }
      }
      t.strictSame((await read(id)).revision, 1, 'nothing is written');
    },
  );

  onStyles(t, app, 'a key twice in an operation of a batch · 400', async (t, { style, me, url }) => {
    const body = '{"operations": [{"op": "create", "title": "a"}, {"op": "create", "title": "b", "title": "c"}]}';
    const response = await me.call('POST', `${url}/batch`, body, json);
    isRefused(t, response, { status: 400, code: 'request/malformed', style, sentence: /`title` more than once/ });
    t.strictSame(style.data(await me.call('GET', url)), []);
  });

  onStyles(
    t,
    app,
    'one key in several objects, and what looks like keys in texts, is fine',
    async (t, { me, url, read }) => {
      const description = '{"a": 1, "a": 2} : \\ " \\" ": \\\\';
      const operations = ['a', 'b'].map((title) => ({ op: 'create', title, description }));
      t.equal((await me.call('POST', `${url}/batch`, { operations })).statusCode, 200);
      t.equal((await read(2)).description, description);
    },
  );
});

overStores((t, { app }) => {
  onStyles(t, app, 'any JSON · told that a key is repeated if, and only if, one is', async (_t, { style, me, url }) => {
    const key = fc.oneof(fc.string({ unit: 'binary', maxLength: 4 }), fc.constantFrom('"', '\\', ':', '\\"', 'title'));
    const value = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constant('null'),
        key.map((text) => JSON.stringify(text)),
        fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
        fc
          .uniqueArray(fc.tuple(key, tie('value')), { selector: ([name]) => name, maxLength: 4 })
          .map((pairs) => `{${pairs.map(([name, one]) => `${JSON.stringify(name)}: ${one}`).join(',')}}`),
      ),
    })).value as fc.Arbitrary<string>;
    const property = fc.asyncProperty(value, key, async (text, name) => {
      fc.pre(!text.includes('__proto__') && !text.includes('constructor'));
      const sentenceOf = async (body: string) => style.sentence(await me.call('POST', url, body, json));
      const once = `{"x": ${text}}`;
      assert.doesNotMatch(await sentenceOf(once), /more than once/, once);
      const twice = `[${once}, {${JSON.stringify(name)}: ${text}, ${JSON.stringify(name)}: 1}]`;
      assert.match(await sentenceOf(twice), /more than once/, twice);
    });
    await fc.assert(property, { numRuns: 200 });
  });
});
