import t from 'tap';
import { after, onTime, seriesOf } from './completions.ts';

t.test('a series ends by its number of occurrences', async (t) => {
  t.strictSame(seriesOf('FREQ=DAILY;COUNT=3', '2026-12-01', 9, onTime), ['2026-12-01', '2026-12-02', '2026-12-03']);
  const fromCompletion = { rule: 'FREQ=DAILY;COUNT=3', from: 'completion' } as const;
  t.strictSame(seriesOf(fromCompletion, '2026-12-01', 9, onTime), ['2026-12-01', '2026-12-02', '2026-12-03']);
  const now = '2026-12-20T12:00:00.000Z';
  t.equal(after({ repeat: 'FREQ=DAILY;COUNT=3', due: '2026-12-01', now }), undefined, 'those that passed count');
  t.match(
    after({ repeat: fromCompletion, due: '2026-12-01', now }),
    { dueDate: '2026-12-21', repeat: { rule: 'FREQ=DAILY;COUNT=2' } },
    'from its completion only those that were done',
  );
  const lastTwo = { rule: 'FREQ=DAILY;INTERVAL=3;COUNT=2', from: 'completion' } as const;
  t.match(
    after({ repeat: lastTwo, due: '2026-12-10', now: '2026-12-07T12:00:00.000Z' }),
    { dueDate: '2026-12-13', repeat: { rule: 'FREQ=DAILY;INTERVAL=3;COUNT=1' } },
    'one that is passed over does not count',
  );
  t.equal(after({ repeat: { ...fromCompletion, rule: 'FREQ=DAILY;COUNT=1' }, due: '2026-12-01', now }), undefined);
});

t.test('a series ends by UNTIL: with the day, at the time on its clock, or at the moment', async (t) => {
  const table: [until: string, start: string, last: string][] = [
    ['20261203', '2026-12-01', '2026-12-03'],
    ['20261203', '2026-12-01T23:59:59.999', '2026-12-03T23:59:59.999'],
    ['20261203T000000', '2026-12-01', '2026-12-03'],
    ['20261203T090000', '2026-12-01T09:00', '2026-12-03T09:00'],
    ['20261203T085959', '2026-12-01T09:00', '2026-12-02T09:00'],
    ['20261203T090000', '2026-12-01T09:00:00Z', '2026-12-03T09:00:00Z'],
    ['20261203T090000Z', '2026-12-01T09:00:00Z', '2026-12-03T09:00:00Z'],
    ['20261203T085959Z', '2026-12-01T09:00:00Z', '2026-12-02T09:00:00Z'],
    ['20261203T080000Z', '2026-12-01T09:00[Europe/Berlin]', '2026-12-03T09:00[Europe/Berlin]'],
    ['20261203T075959Z', '2026-12-01T09:00[Europe/Berlin]', '2026-12-02T09:00[Europe/Berlin]'],
    ['20261203T090000', '2026-12-01T09:00[Europe/Berlin]', '2026-12-03T09:00[Europe/Berlin]'],
    ['20261203T000000Z', '2026-12-01', '2026-12-03'],
  ];
  for (const [until, start, last] of table) {
    for (const from of ['due', 'completion'] as const) {
      const repeat = { rule: `FREQ=DAILY;UNTIL=${until}`, from };
      t.equal(seriesOf(repeat, start, 9, onTime).at(-1), last, `${until} from ${start}, from ${from}`);
    }
  }
  const inNewYork = { time_zone: 'America/New_York' };
  const given = { repeat: 'FREQ=DAILY;UNTIL=20261203T000000Z', due: '2026-12-02', now: '2026-12-02T12:00:00.000Z' };
  t.equal(after({ ...given, settings: inNewYork }), undefined, "a moment is on the user's day");
  t.equal(after({ ...given, repeat: 'FREQ=DAILY;UNTIL=20261203', settings: inNewYork })?.dueDate, '2026-12-03');
});
