import type { Clause, Probe } from '../../clause.ts';
import { demandSame, demandStatus, expectError } from '../../unmet.ts';

const change = async ({ call, style }: Probe, settings: object): Promise<unknown> => {
  const response = await call('PATCH', '/settings', settings);
  demandStatus(response, 200);
  return style.data(response);
};

/** How a user counts days. */
export const settings: Clause[] = [
  {
    id: 'settings.defaults',
    says: 'GET …/tasks/settings returns UTC, days from 00:00 and weeks from Monday, to a user who has set nothing.',
    mend: 'Answer `{"time_zone": "UTC", "day_starts_at": "00:00", "week_starts_on": "monday"}`.',
    needs: ['fresh'],
    async check({ call, style }) {
      const response = await call('GET', '/settings');
      demandStatus(response, 200);
      const wanted = { time_zone: 'UTC', day_starts_at: '00:00', week_starts_on: 'monday' };
      demandSame(response, 'the settings', style.data(response), wanted);
    },
  },
  {
    id: 'settings.change',
    says: 'PATCH …/tasks/settings changes the named settings and returns all of them.',
    mend: 'Keep what is absent, for each user by themselves.',
    needs: ['fresh', 'other'],
    async check(probe) {
      const { as, call, other, style } = probe;
      const changed = { time_zone: 'Europe/Berlin', day_starts_at: '00:00', week_starts_on: 'sunday' };
      await change(probe, { time_zone: 'Europe/Berlin' });
      demandSame(undefined, 'the settings', await change(probe, { week_starts_on: 'sunday' }), changed);
      demandSame(undefined, 'the settings', style.data(await call('GET', '/settings')), changed);
      const theirs = style.data(await as(other)('GET', '/settings')) as { time_zone?: unknown } | undefined;
      demandSame(undefined, 'the zone of another user', theirs?.time_zone, 'UTC');
    },
  },
  {
    id: 'settings.bad',
    says: 'An unknown zone, a time that is none, another word for a day of the week and an unknown setting are refused with 422 that names each.',
    mend: 'Check all settings before any of them is changed.',
    needs: ['fresh'],
    async check({ call }) {
      const bad = { time_zone: 'Europe/Atlantis', day_starts_at: '24:00', week_starts_on: 'Mon' };
      for (const [field, value] of Object.entries({ ...bad, timezone: 'UTC' })) {
        expectError(await call('PATCH', '/settings', { [field]: value }), 422, field);
      }
      demandStatus(await call('PATCH', '/settings', {}), 422);
    },
  },
];
