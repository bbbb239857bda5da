import { writableFields } from '@taskward/domain';
import { strictly } from '../support/http/api.ts';
import { onStyles, overStores } from '../support/http/client.ts';
import { faultOf, isRefused } from '../support/http/errors.ts';

overStores((t, { app }) => {
  onStyles(
    t,
    app,
    '422 request/invalid · each fault in `errors`, all of them at once',
    async (t, { style, me, url }) => {
      const body = {
        title: '',
        description: 5,
        completed: 'yes',
        titel: 'x',
        colour: 'red',
        due: '2026-11-21',
        is_completed: true,
        // What no schema can check.
        due_date: '2026-02-30',
        repeat: 'fortnightly',
        reminders: [{ before: '30m' }],
      };
      const response = await me.call('POST', url, body);
      isRefused(t, response, { status: 422, code: 'request/invalid', style, fields: Object.keys(body) });
      t.strictSame(faultOf(response, 'title'), 'must not be empty');
      t.strictSame(faultOf(response, 'description'), 'must be a string or null, not a number');
      t.strictSame(faultOf(response, 'completed'), 'must be a boolean, not a string');
      t.match(faultOf(response, 'titel'), /did you mean `title`\?/);
      t.match(faultOf(response, 'is_completed'), /did you mean `completed`\?/);
      const known = writableFields.map((name) => `\`${name}\``).join(', ');
      t.match(known, /^`title`, `description`, `completed`/);
      t.equal(faultOf(response, 'colour'), `is not a known field: use ${known}`);
      t.equal(faultOf(response, 'due'), 'is not a known field: did you mean `due_date`?');
      t.match(faultOf(response, 'due_date'), /2026-02-30/);
      t.match(faultOf(response, 'repeat'), /FREQ/);
      t.match(faultOf(response, 'reminders'), /PT30M/);
      for (const field of Object.keys(body)) t.match(style.sentence(response), new RegExp(`\\b${field}\\b`));
      t.strictSame(style.data(await me.call('GET', url)), [], 'nothing was stored');
    },
    strictly,
  );

  onStyles(
    t,
    app,
    '422 request/invalid · every wrong body of POST',
    async (t, { style, me, url }) => {
      for (const [body, fields] of [
        ['', ['body']],
        ['null', ['body']],
        ['[]', ['body']],
        ['"title"', ['body']],
        ['1', ['body']],
        ['{}', ['title']],
        ['{"title":null}', ['title']],
        ['{"title":1}', ['title']],
        ['{"title":["x"]}', ['title']],
        ['{"title":"x","completed":null}', ['completed']],
        ['{"title":"x","completed":0}', ['completed']],
        ['{"title":"x","completed":"true"}', ['completed']],
        ['{"title":"x","description":false}', ['description']],
        ['{"title":"x","id":5}', ['id']],
        ['{"title":"x","user_id":"me"}', ['user_id']],
        ['{"Title":"x"}', ['title', 'Title']],
        ['{"title":"x","":1}', ['']],
        ['{"title":"x","toString":1}', ['toString']],
      ] as [string, string[]][]) {
        const response = await me.call('POST', url, body, { 'content-type': 'application/json' });
        if (fields[0] === '') {
          t.equal(response.statusCode, 422, body);
          continue;
        }
        isRefused(t, response, { status: 422, code: 'request/invalid', style, fields }, body);
      }
      t.strictSame(style.data(await me.call('GET', url)), []);
    },
    strictly,
  );

  onStyles(
    t,
    app,
    '422 request/invalid · thousands of faults are not all told',
    async (t, { style, me, url }) => {
      const body = Object.fromEntries(Array.from({ length: 5000 }, (_, n) => [`f${n}`, 1]));
      const response = await me.call('POST', url, body);
      isRefused(t, response, { status: 422, code: 'request/invalid', style });
      t.ok(response.json().errors.length <= 101);
      t.ok(response.body.length < 64 * 1024, `${response.body.length} bytes`);
    },
    strictly,
  );
});
