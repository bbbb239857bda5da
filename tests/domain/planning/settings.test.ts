import assert from 'node:assert/strict';
import { defaultSettings, normalisedSettings, settingsFaults, type UserSettings, weekdays } from '@taskward/domain';
import fc from 'fast-check';
import t from 'tap';
import { holds, shown } from '../../support/arbitraries.ts';
import { assertSentence, aTextLike, calendar, zones } from './arbitraries.ts';

t.test('settings are checked each by itself, and all faults told', async (t) => {
  const zone = (text: string) => `must be the IANA name of a time zone, such as Europe/Berlin, not "${text}"`;
  const time = (text: string) => `must be a time of day from 00:00 to 23:59, such as 04:00, not "${text}"`;
  const table: [changes: { [F in keyof UserSettings]?: string }, faults: [field: string, message: string][]][] = [
    [{}, []],
    [defaultSettings, []],
    [{ time_zone: 'europe/berlin' }, []],
    [{ time_zone: 'Asia/Calcutta' }, []],
    [{ time_zone: 'Berlin' }, [['time_zone', zone('Berlin')]]],
    [{ time_zone: '' }, [['time_zone', zone('')]]],
    [{ time_zone: '+02:00' }, [['time_zone', zone('+02:00')]]],
    [{ day_starts_at: '23:59' }, []],
    [{ day_starts_at: '24:00' }, [['day_starts_at', time('24:00')]]],
    [{ day_starts_at: '4:00' }, [['day_starts_at', time('4:00')]]],
    [{ day_starts_at: '04:00:00' }, [['day_starts_at', time('04:00:00')]]],
    [{ day_starts_at: '04:60' }, [['day_starts_at', time('04:60')]]],
    [
      { week_starts_on: 'Sunday' },
      [
        [
          'week_starts_on',
          'must be one of monday, tuesday, wednesday, thursday, friday, saturday, sunday, not "Sunday"',
        ],
      ],
    ],
    [
      { time_zone: 'x', day_starts_at: 'y' },
      [
        ['time_zone', zone('x')],
        ['day_starts_at', time('y')],
      ],
    ],
  ];
  for (const [changes, faults] of table) {
    const expected = faults.map(([field, message]) => ({ field, message }));
    t.strictSame(settingsFaults(changes as Partial<UserSettings>, calendar), expected, shown(JSON.stringify(changes)));
    for (const { message } of expected) assertSentence(message);
  }
});

t.test('a time zone is stored in its usual spelling, and the rest as it is', async (t) => {
  t.strictSame(normalisedSettings({ time_zone: 'EUROPE/berlin' }, calendar), { time_zone: 'Europe/Berlin' });
  t.strictSame(normalisedSettings({ time_zone: 'asia/calcutta' }, calendar), { time_zone: 'Asia/Calcutta' });
  t.strictSame(normalisedSettings({}, calendar), {});
  t.strictSame(normalisedSettings({ day_starts_at: '04:00' }, calendar), { day_starts_at: '04:00' });
  holds(
    t,
    fc.property(fc.constantFrom(...zones), fc.boolean(), fc.constantFrom(...weekdays), (zone, upper, day) => {
      const changes = { time_zone: upper ? zone.toUpperCase() : zone.toLowerCase(), week_starts_on: day };
      assert.deepEqual(settingsFaults(changes, calendar), []);
      const stored = normalisedSettings(changes, calendar);
      assert.deepEqual(stored, { time_zone: zone, week_starts_on: day });
      assert.deepEqual(normalisedSettings(stored, calendar), stored);
    }),
  );
});

t.test('any texts are settings or have their faults', async (t) => {
  const aSettingText = aTextLike('Europe', '/', 'Berlin', '0', '00', '23', ':', '59', 'monday', '+', 'UTC');
  holds(
    t,
    fc.property(aSettingText, aSettingText, aSettingText, (time_zone, day_starts_at, week_starts_on) => {
      const changes = { time_zone, day_starts_at, week_starts_on } as UserSettings;
      const faults = settingsFaults(changes, calendar);
      const faulty = new Set(faults.map(({ field }) => field));
      assert.equal(faulty.has('day_starts_at'), !/^([01][0-9]|2[0-3]):[0-5][0-9]$/.test(day_starts_at));
      assert.equal(faulty.has('week_starts_on'), !(weekdays as readonly string[]).includes(week_starts_on));
      assert.equal(faulty.has('time_zone'), calendar.zoneName(time_zone) === undefined);
      for (const { message } of faults) assertSentence(message);
    }),
  );
});
