import assert from 'node:assert/strict';
import { emptySeriesFault, normalisedRepeat, repeatFault, ruleLimits } from '@taskward/domain';
import fc from 'fast-check';
import t from 'tap';
import { holds, shown } from '../../support/arbitraries.ts';
import { aDueDate, aRule, assertSentence, aTextLike, calendar } from './arbitraries.ts';

const stored = (rule: string): string => normalisedRepeat(rule, '2026-12-01', calendar).rule;

t.test('a rule is stored in one spelling', async (t) => {
  const table: [sent: string, stored: string][] = [
    ['daily', 'FREQ=DAILY'],
    ['weekly', 'FREQ=WEEKLY'],
    ['monthly', 'FREQ=MONTHLY'],
    ['Yearly', 'FREQ=YEARLY'],
    [' weekdays ', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'],
    ['FREQ=MONTHLY;BYMONTHDAY=31', 'FREQ=MONTHLY;BYMONTHDAY=31'],
    ['RRULE:FREQ=DAILY', 'FREQ=DAILY'],
    ['rrule:freq=weekly;byday=fr,mo', 'FREQ=WEEKLY;BYDAY=MO,FR'],
    ['BYDAY=MO;INTERVAL=2;FREQ=WEEKLY', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO'],
    ['FREQ=DAILY;INTERVAL=1;WKST=MO', 'FREQ=DAILY'],
    ['FREQ=WEEKLY;INTERVAL=002;WKST=SU', 'FREQ=WEEKLY;INTERVAL=2;WKST=SU'],
    ['FREQ=MONTHLY;BYMONTHDAY=-1,15,+1,15,-2', 'FREQ=MONTHLY;BYMONTHDAY=1,15,-2,-1'],
    ['FREQ=MONTHLY;BYDAY=-1FR,2TU,+1MO,MO,01MO', 'FREQ=MONTHLY;BYDAY=MO,1MO,2TU,-1FR'],
    ['FREQ=YEARLY;BYDAY=53MO,-53SU', 'FREQ=YEARLY;BYDAY=53MO,-53SU'],
    ['FREQ=YEARLY;BYMONTH=12,2,02;BYDAY=-5SU', 'FREQ=YEARLY;BYMONTH=2,12;BYDAY=-5SU'],
    ['FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO,TU,WE,TH,FR', 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1'],
    ['FREQ=DAILY;COUNT=9999', 'FREQ=DAILY;COUNT=9999'],
    ['FREQ=DAILY;INTERVAL=1000', 'FREQ=DAILY;INTERVAL=1000'],
    ['FREQ=DAILY;UNTIL=20261224', 'FREQ=DAILY;UNTIL=20261224'],
    ['FREQ=DAILY;UNTIL=20261224T180000', 'FREQ=DAILY;UNTIL=20261224T180000'],
    ['FREQ=DAILY;UNTIL=20261224t180000z', 'FREQ=DAILY;UNTIL=20261224T180000Z'],
  ];
  for (const [sent, expected] of table) {
    t.equal(repeatFault(sent, calendar), undefined, sent);
    t.equal(stored(sent), expected, sent);
    t.equal(stored(expected), expected, `${sent}, again`);
  }
});

t.test('what is left out is filled in, and what is sent is kept', async (t) => {
  const rule = 'FREQ=MONTHLY';
  const start = '2026-01-31';
  t.strictSame(normalisedRepeat('monthly', start, calendar), { rule, from: 'due', short_months: 'last', start });
  t.strictSame(normalisedRepeat({ rule: 'monthly', from: 'completion' }, start, calendar), {
    rule,
    from: 'completion',
    short_months: 'last',
    start,
  });
  const sent = { rule, short_months: 'skip', start: '2025-12-31T09:00:00Z' } as const;
  t.strictSame(normalisedRepeat(sent, start, calendar), { ...sent, from: 'due' });
  t.equal(normalisedRepeat({ rule, start: '2025-12-31T01:00+02:00' }, start, calendar).start, '2025-12-30T23:00:00Z');
});

t.test('each kind of mistake has a sentence that says what to send', async (t) => {
  const parts =
    'must consist of the parts FREQ, INTERVAL, BYMONTH, BYMONTHDAY, BYDAY, BYSETPOS, COUNT, UNTIL and WKST, with semicolons between them';
  const word = 'must be daily, weekly, monthly, yearly or weekdays, or a rule such as FREQ=WEEKLY;BYDAY=MO';
  const frequency = 'must have FREQ=DAILY, FREQ=WEEKLY, FREQ=MONTHLY or FREQ=YEARLY';
  const weekdays = 'must have BYDAY as days from MO, TU, WE, TH, FR, SA, SU, or with a number such as 1MO or -1FR';
  const until = 'must have UNTIL as 20261224, 20261224T180000 or 20261224T180000Z';
  const table: [sent: string, fault: string][] = [
    ['', 'must have a rule, such as "weekly" or "FREQ=WEEKLY;BYDAY=MO"'],
    [' \n', 'must have a rule, such as "weekly" or "FREQ=WEEKLY;BYDAY=MO"'],
    ['sometimes', `${word}, not "sometimes"`],
    ['every day', `${word}, not "every day"`],
    ['FREQ:DAILY', `${word}, not "FREQ:DAILY"`],
    [
      `FREQ=YEARLY;BYMONTH=${'1,'.repeat(250)}1`,
      `must have a rule of at most 500 characters, and has one of ${20 + 501}`,
    ],
    ['FREQ=DAILY;', `${parts}: "" is none of them`],
    ['FREQ=DAILY;BYHOUR=9', `${parts}: "BYHOUR" is none of them`],
    ['FREQ=YEARLY;BYWEEKNO=20', `${parts}: "BYWEEKNO" is none of them`],
    ['DTSTART:20261201\nRRULE:FREQ=DAILY', `${parts}: "DTSTART:20261201\\nRRULE:FREQ" is none of them`],
    ['FREQ=DAILY; INTERVAL=2', `${parts}: " INTERVAL" is none of them`],
    ['INTERVAL=2', 'must have a FREQ, such as FREQ=DAILY'],
    ['FREQ=HOURLY', `${frequency}, not "HOURLY"`],
    ['FREQ=', `${frequency}, not ""`],
    ['FREQ=DAILY=WEEKLY', `${frequency}, not "DAILY=WEEKLY"`],
    ['FREQ=DAILY;FREQ=DAILY', 'must have FREQ once only'],
    ['FREQ=DAILY;byday=MO;BYDAY=TU', 'must have BYDAY once only'],
    ...['0', '1001', '-1', '1.5', 'x', '', '0x10', '1e3', '1'.repeat(40)].map((value): [string, string] => [
      `FREQ=DAILY;INTERVAL=${value}`,
      `must have INTERVAL as a number from 1 to 1000, not "${value.toUpperCase()}"`,
    ]),
    ['FREQ=DAILY;COUNT=0', 'must have COUNT as a number from 1 to 9999, not "0"'],
    ['FREQ=DAILY;COUNT=10000', 'must have COUNT as a number from 1 to 9999, not "10000"'],
    ['FREQ=YEARLY;BYMONTH=13', 'must have BYMONTH as numbers from 1 to 12, not "13"'],
    ['FREQ=YEARLY;BYMONTH=-1', 'must have BYMONTH as numbers from 1 to 12, not "-1"'],
    ['FREQ=MONTHLY;BYMONTHDAY=1,32', 'must have BYMONTHDAY as numbers from 1 to 31, or from -1 to -31, not "32"'],
    ['FREQ=MONTHLY;BYMONTHDAY=0', 'must have BYMONTHDAY as numbers from 1 to 31, or from -1 to -31, not "0"'],
    ['FREQ=MONTHLY;BYMONTHDAY=1,', 'must have BYMONTHDAY as numbers from 1 to 31, or from -1 to -31, not ""'],
    [
      'FREQ=MONTHLY;BYDAY=MO;BYSETPOS=367',
      'must have BYSETPOS as numbers from 1 to 366, or from -1 to -366, not "367"',
    ],
    ['FREQ=WEEKLY;BYDAY=XX', `${weekdays}, not "XX"`],
    ['FREQ=WEEKLY;BYDAY=MONDAY', `${weekdays}, not "MONDAY"`],
    ['FREQ=MONTHLY;BYDAY=0MO', `${weekdays}, not "0MO"`],
    ['FREQ=WEEKLY;BYDAY=', `${weekdays}, not ""`],
    ['FREQ=WEEKLY;WKST=1', 'must have WKST as one of MO, TU, WE, TH, FR, SA, SU, not "1"'],
    ['FREQ=DAILY;UNTIL=2026-12-24', `${until}, not "2026-12-24"`],
    ['FREQ=DAILY;UNTIL=20261224Z', `${until}, not "20261224Z"`],
    [
      'FREQ=DAILY;UNTIL=20260230',
      'must have a valid UNTIL: it must be a day that exists: 2026-02 has the days 01 to 28, not "2026-02-30"',
    ],
    ['FREQ=DAILY;UNTIL=00001224', 'must have a valid UNTIL: it must be in the years 0001 to 9999, not "0000-12-24"'],
    ['FREQ=DAILY;UNTIL=20261224T250000', 'must have a valid UNTIL: it must have hours from 00 to 23, not "25:00:00"'],
    ['FREQ=DAILY;COUNT=3;UNTIL=20261224', 'must not have both COUNT and UNTIL: leave one of them out'],
    ['FREQ=WEEKLY;BYMONTHDAY=1', 'must not have BYMONTHDAY with FREQ=WEEKLY: use BYDAY, or FREQ=MONTHLY'],
    [
      'FREQ=MONTHLY;BYSETPOS=1',
      'must not have BYSETPOS alone, which chooses among the days of BYDAY, BYMONTHDAY or BYMONTH: add one of these',
    ],
    ...['DAILY', 'WEEKLY'].map((value): [string, string] => [
      `FREQ=${value};BYDAY=MO,1TU`,
      `must not have numbers in BYDAY with FREQ=${value}: send FREQ=MONTHLY or FREQ=YEARLY, or BYDAY without numbers`,
    ]),
    ['FREQ=MONTHLY;BYDAY=6MO', 'must have numbers from 1 to 5 or -1 to -5 in BYDAY of this rule, not 6'],
    ['FREQ=YEARLY;BYMONTH=1;BYDAY=-6MO', 'must have numbers from 1 to 5 or -1 to -5 in BYDAY of this rule, not -6'],
    ['FREQ=YEARLY;BYDAY=54MO', 'must have numbers from 1 to 53 or -1 to -53 in BYDAY of this rule, not 54'],
  ];
  for (const [sent, fault] of table) {
    t.equal(repeatFault(sent, calendar), fault, shown(sent));
    t.equal(repeatFault({ rule: sent }, calendar), fault, `${shown(sent)} as a rule`);
    assertSentence(fault);
  }
  t.equal(
    repeatFault({ rule: 'daily', start: '2026-02-30' }, calendar),
    'must have a valid start: it must be a day that exists: 2026-02 has the days 01 to 28, not "2026-02-30"',
  );
});

t.test('a rule without fault is stored in one spelling, and fits where it is stored', async (t) => {
  holds(
    t,
    fc.property(aRule, aDueDate, (rule, start) => {
      assert.equal(repeatFault({ rule, start }, calendar), undefined, rule);
      const repeat = normalisedRepeat({ rule, start }, '2026-12-01', calendar);
      assert.equal(repeatFault(repeat, calendar), undefined);
      assert.deepEqual(normalisedRepeat(repeat, '2026-12-02', calendar), repeat);
      assert.ok(repeat.rule.length <= ruleLimits.length);
      assert.equal(stored(rule.toLowerCase()), repeat.rule);
      assert.equal(stored(`RRULE:${rule}`), repeat.rule);
    }),
  );
});

t.test('the order of parts and values makes no difference', async (t) => {
  holds(
    t,
    fc.property(aRule, fc.infiniteStream(fc.nat()), (rule, numbers) => {
      const shuffled = (texts: string[]) =>
        texts
          .map((text) => [numbers.next().value as number, text] as const)
          .sort(([a], [b]) => a - b)
          .map(([, text]) => text);
      const parts = rule.split(';').map((part) => {
        const [name, values = ''] = part.split('=');
        return `${name}=${shuffled(values.split(',')).join(',')}`;
      });
      assert.equal(stored(shuffled(parts).join(';')), stored(rule));
    }),
  );
});

t.test('any text is a rule or has a fault in one sentence', async (t) => {
  const pieces = ['FREQ=', 'DAILY', 'WEEKLY', 'MONTHLY', ';', ',', 'INTERVAL=', '1', '0', '-', 'BYDAY=', 'MO', '2TU'];
  const more = [
    'BYMONTHDAY=',
    '31',
    'COUNT=',
    'UNTIL=',
    '20261224',
    'T180000Z',
    'WKST=',
    'BYSETPOS=',
    'RRULE:',
    'daily',
  ];
  holds(
    t,
    fc.property(
      fc.oneof(
        aTextLike(...pieces, ...more),
        fc.tuple(aRule, aTextLike(...pieces)).map((parts) => parts.join(';')),
      ),
      (text) => {
        const fault = repeatFault(text, calendar);
        if (fault !== undefined) return assertSentence(fault);
        assert.equal(stored(stored(text)), stored(text));
      },
    ),
    { numRuns: 1000 },
  );
});

t.test('a rule that never goes on is told', async (t) => {
  const fault = (rule: string, start: string, short_months: 'last' | 'skip' = 'last') =>
    emptySeriesFault(normalisedRepeat({ rule, short_months }, start, calendar), calendar);
  t.equal(fault('daily', '2026-12-01'), undefined);
  t.equal(fault('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', '2024-02-29', 'skip'), undefined);
  t.equal(
    fault('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', '2026-12-01', 'skip'),
    'must have an occurrence within 28 years after its start, and FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30 has none after 2026-12-01',
  );
  t.equal(fault('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', '2026-12-01'), undefined, 'its last day is taken');
  t.equal(
    fault('FREQ=YEARLY;INTERVAL=29;COUNT=5', '2026-12-01'),
    'must have an occurrence within 28 years after its start, and FREQ=YEARLY;INTERVAL=29 has none after 2026-12-01',
  );
  t.equal(
    fault('daily', '9999-12-31'),
    'must have an occurrence within 28 years after its start, and FREQ=DAILY has none after 9999-12-31',
  );
  const early = 'must not have an UNTIL before its start: 20261130 is before 2026-12-01T09:00[Europe/Berlin]';
  t.equal(fault('FREQ=DAILY;UNTIL=20261130', '2026-12-01T09:00[Europe/Berlin]'), early);
  t.equal(
    fault('FREQ=DAILY;UNTIL=20261201T075959Z', '2026-12-01T09:00[Europe/Berlin]'),
    'must not have an UNTIL before its start: 20261201T075959Z is before 2026-12-01T09:00[Europe/Berlin]',
  );
  t.equal(fault('FREQ=DAILY;UNTIL=20261201T080000Z', '2026-12-01T09:00[Europe/Berlin]'), undefined);
  // The last occurrence of a series is one too: what is stored then can be sent again.
  t.equal(fault('FREQ=DAILY;COUNT=1', '2026-12-01'), undefined);
  t.equal(fault('FREQ=DAILY;UNTIL=20261201', '2026-12-01T09:00'), undefined);
});
