import type { Calendar } from './calendar.ts';
import type { UserSettings } from './settings.ts';

/** What dates depend on besides themselves. */
export interface Planning {
  readonly calendar: Calendar;
  readonly settings: UserSettings;
}
