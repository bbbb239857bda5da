import { strictly } from '../support/http/api.ts';
import { type Client, onStyles, overStores } from '../support/http/client.ts';
import { faultOf, isRefused } from '../support/http/errors.ts';
import { batch } from './batches.ts';

overStores((t, { app }) => {
  const invalid = { status: 422, code: 'request/invalid' } as const;

  const wrong: [field: string, value: unknown, at: string, message: RegExp][] = [
    ['priority', 1, 'priority', /^must be one of `urgent`, `high`, `medium`, `low`, `null`$/],
    ['priority', 'HIGH', 'priority', /must be one of/],
    ['tags', 'a,b', 'tags', /^must be an array, not a string, such as \["home","garden"\]$/],
    ['tags', null, 'tags', /^must be an array, not null/],
    ['tags', [1], 'tags.0', /^must be a string, not a number$/],
    ['tags', ['a', ' '], 'tags.1', /^must not be empty$/],
    ['tags', ['x'.repeat(51)], 'tags.0', /^must be at most 50 characters long, and has 51$/],
    ['tags', ['a\0'], 'tags.0', /NUL/],
    ['tags', Array.from({ length: 21 }, (_, n) => `${n}`), 'tags', /^must hold at most 20, and holds 21$/],
    ['due_date', 20261201, 'due_date', /^must be a string or null, not a number$/],
    ['due_date', 'tomorrow', 'due_date', /^must be a day \(2026-12-01\), a time/],
    ['due_date', '2026-02-30', 'due_date', /2026-02 has the days 01 to 28/],
    ['due_date', '2026-12-01T24:00', 'due_date', /send 00:00 of 2026-12-02$/],
    ['due_date', '2026-12-01T09:00+05:00[Europe/Berlin]', 'due_date', /not at \+05:00 then/],
    ['due_date', '2026-12-01T09:00[Mars/Base]', 'due_date', /must name a time zone of the IANA/],
    ['repeat', 5, 'repeat', /^must be a string or an object or null, not a number, such as \{"rule"/],
    ['repeat', {}, 'repeat.rule', /^is required$/],
    ['repeat', { rule: 'daily', from: 'now' }, 'repeat.from', /^must be one of `due`, `completion`$/],
    ['repeat', { rule: 'daily', every: 2 }, 'repeat.every', /^is not a known field: use `rule`, `from`/],
    ['repeat', 'sometimes', 'repeat', /^must /],
    ['repeat', 'FREQ=HOURLY', 'repeat', /FREQ=DAILY, FREQ=WEEKLY, FREQ=MONTHLY or FREQ=YEARLY/],
    ['repeat', { rule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', short_months: 'skip' }, 'repeat', /within 28 years/],
    [
      'reminders',
      { before: 'PT30M' },
      'reminders',
      /^must be an array, not an object, such as \[\{"before":"PT30M"\}\]$/,
    ],
    ['reminders', [{}], 'reminders.0', /^must name at least one of `before`, `at`$/],
    ['reminders', [{ before: 'P1D', at: '2026-12-01T09:00' }], 'reminders.0', /^must have only one of `before`, `at`$/],
    ['reminders', [{ before: 30 }], 'reminders.0.before', /^must be a string, not a number$/],
    ['reminders', [{ before: '30 minutes' }], 'reminders', /such as PT30M/],
    ['reminders', [{ at: '2026-12-01' }], 'reminders', /must have a time/],
    ['reminders', Array.from({ length: 11 }, () => ({ before: 'P1D' })), 'reminders', /^must hold at most 10/],
    ['due', '2026-12-01', 'due', /did you mean `due_date`\?/],
    ['position', 'h1', 'position', /is read only/],
  ];
  for (const [field, value, at, message] of wrong) {
    const body = { title: 'x', ...(field !== 'due_date' && { due_date: '2026-12-01' }), [field]: value };
    onStyles(t, app, `${field}: ${JSON.stringify(value).slice(0, 50)} · 422 naming ${at}`, async (t, client) => {
      const { style, me, url } = client;
      const response = await me.call('POST', url, body, strictly);
      isRefused(t, response, { ...invalid, style, fields: [at] });
      t.match(faultOf(response, at), message);
    });
  }

  onStyles(t, app, 'what a new task says of its plans is answered in one form', async (t, { add }) => {
    const task = await add({
      tags: [' home ', 'Garden', 'HOME'],
      priority: 'high',
      due_date: '2026-12-01T10:00:00+01:00',
      repeat: 'weekdays',
      reminders: [{ before: 'PT90M' }, { at: '2026-12-01T09:00[europe/berlin]' }],
    });
    t.match(task, {
      tags: ['home', 'Garden'],
      priority: 'high',
      due_date: '2026-12-01T09:00:00Z',
      due_at: '2026-12-01T09:00:00.000Z',
      repeat: {
        rule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
        from: 'due',
        short_months: 'last',
        start: '2026-12-01T09:00:00Z',
      },
      reminders: [{ before: 'PT1H30M' }, { at: '2026-12-01T09:00[Europe/Berlin]' }],
      completed_at: null,
    });
  });

  onStyles(t, app, 'dates that do not go together · 422', async (t, { style, me, url, add }) => {
    await add({ due_date: '2026-12-01', repeat: 'daily' });
    for (const [method, path, body, field, message] of [
      ['POST', url, { title: 'x', repeat: 'daily' }, 'repeat', /needs a due date/],
      ['POST', url, { title: 'x', reminders: [{ before: 'P1D' }] }, 'reminders', /count back from a due date/],
      ['PATCH', `${url}/1`, { due_date: null }, 'repeat', /needs a due date/],
      ['PATCH', `${url}/1`, { tags: ['a'], add_tags: ['b'] }, 'tags', /cannot be combined with `add_tags`/],
      ['PATCH', `${url}/1`, { occurrence: 'today' }, 'occurrence', /must be a day/],
      ['PATCH', `${url}/1/complete`, { occurrence: 'today' }, 'occurrence', /must be a day/],
      ['PATCH', `${url}/1`, { scope: 'all' }, 'scope', /`occurrence`, `series`/],
    ] as const) {
      const response = await me.call(method, path, body);
      isRefused(t, response, { ...invalid, style, fields: [field] });
      t.match(faultOf(response, field), message);
    }
  });

  onStyles(t, app, 'PATCH /{id} · tags can be added and taken off', async (t, { style, me, url, add, read }) => {
    await add({ tags: ['home', 'garden'] });
    const response = await me.call('PATCH', `${url}/1`, { add_tags: ['work', 'HOME'], remove_tags: ['Garden', 'x'] });
    t.strictSame(style.data(response).tags, ['home', 'work']);
    const many = Array.from({ length: 19 }, (_, n) => `${n}`);
    const refused = await me.call('PATCH', `${url}/1`, { add_tags: many });
    isRefused(t, refused, { ...invalid, style, fields: ['add_tags'] });
    t.strictSame((await read(1)).tags, ['home', 'work']);
  });

  onStyles(t, app, 'PATCH /{id} · a due date of this occurrence, or of the series', async (t, client) => {
    const { style, me, url, add } = client;
    await add({ due_date: '2026-12-01', repeat: 'weekly' });
    const moved = style.data(await me.call('PATCH', `${url}/1`, { due_date: '2026-12-03' }));
    t.match(moved, { due_date: '2026-12-03', repeat: { start: '2026-12-01' } });
    const series = style.data(await me.call('PATCH', `${url}/1`, { due_date: '2026-12-04', scope: 'series' }));
    t.match(series, { due_date: '2026-12-04', repeat: { start: '2026-12-04' } });
  });

  const sentBack = async ({ me, url, style }: Client, body: object) => {
    const response = await me.call('PATCH', `${url}/1`, body);
    return { status: response.statusCode, task: style.data(response) };
  };

  onStyles(t, app, 'the whole task sent back · nothing of its plans changes', async (t, client) => {
    const task = await client.add({
      due_date: '2026-12-01T09:00[Europe/Berlin]',
      repeat: { rule: 'FREQ=MONTHLY;BYMONTHDAY=31', short_months: 'skip' },
      reminders: [{ before: 'PT30M' }],
      tags: ['home'],
      priority: 'low',
    });
    t.strictSame(await sentBack(client, task), { status: 200, task });
    const older = { due_at: 'x', position: 'a0', completed_at: 5, completed_occurrence: 'x', skipped: 1 };
    t.strictSame(await sentBack(client, { ...task, ...older }), { status: 200, task }, 'what other changes move');
    const only = await client.me.call('PATCH', `${client.url}/1`, older);
    isRefused(t, only, { ...invalid, style: client.style, fields: ['body'] });
  });

  onStyles(t, app, 'completing an occurrence · the response says which', async (t, client) => {
    const { style, me, url, add } = client;
    await add({ due_date: '2026-11-16', repeat: 'daily' });
    const first = style.data(await me.call('PATCH', `${url}/1/complete`, { occurrence: '2026-11-16' }));
    t.match(first, {
      completed: false,
      completed_at: null,
      due_date: '2026-11-21',
      completed_occurrence: '2026-11-16',
      skipped: 4,
    });
    t.notHas(style.data(await me.call('GET', `${url}/1`)), { skipped: 4 }, 'only the response to the change has it');

    const again = await me.call('PATCH', `${url}/1/complete`, { completed: true, occurrence: '2026-11-16' });
    const members = { current: await client.read(1) };
    const passed = { status: 409, code: 'task/occurrence-passed', style, members } as const;
    isRefused(t, again, passed);
    isRefused(t, await me.call('PUT', `${url}/1`, { completed: true, occurrence: '2026-11-16' }), passed);

    const second = style.data(await me.call('PATCH', `${url}/1`, { completed: true, occurrence: '2026-11-21' }));
    t.match(second, { due_date: '2026-11-22', completed_occurrence: '2026-11-21', skipped: 0 });
    const { results } = style.data(await batch(client, [{ op: 'complete', id: 1, occurrence: '2026-11-22' }]));
    t.match(results[0].task, { due_date: '2026-11-23', completed_occurrence: '2026-11-22', skipped: 0 });

    const listed = style.data(await me.call('GET', `${url}/1/occurrences`));
    t.match(listed, [{ due_date: '2026-11-22' }, { due_date: '2026-11-21' }, { due_date: '2026-11-16' }]);
    const [entry] = style.data(await me.call('GET', `${url}/1/history`));
    t.match(entry, { kind: 'occurrence_completed', changed: { due_date: ['2026-11-22', '2026-11-23'] } });
  });

  onStyles(t, app, 'completing the last occurrence, or one without recurrence, is for good', async (t, client) => {
    const { style, me, url, add } = client;
    await add({ due_date: '2026-12-01', repeat: 'FREQ=DAILY;COUNT=1' });
    const done = style.data(await me.call('PATCH', `${url}/1/complete`, { completed: true }));
    t.match(done, { completed: true, due_date: '2026-12-01' });
    t.equal(done.completed_at, done.updated_at);
    t.notHas(done, { skipped: 0 });
  });
});
