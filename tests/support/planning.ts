import { makeCalendar, makePositionKeys } from '@taskward/adapters-planning';
import { defaultSettings, type Planning, type UserSettings } from '@taskward/domain';

/** The calendar of all tests. */
export const calendar = makeCalendar();

/** Makes the positions of all tests. */
export const keys = makePositionKeys();

/** What dates depend on: for a user in UTC, unless the settings say otherwise. */
export const aPlanning = (settings: Partial<UserSettings> = {}): Planning => ({
  calendar,
  settings: { ...defaultSettings, ...settings },
});
