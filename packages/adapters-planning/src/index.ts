export { makeCalendar } from './calendar.ts';
export { keysBetween } from './position-keys.ts';
