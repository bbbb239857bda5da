export { makeCalendar } from './calendar.ts';
export { makePositionKeys } from './position-keys.ts';
