import type { LocalTime } from '@taskward/domain';

const firstDay = Temporal.PlainDate.from('0001-01-01');
const lastDay = Temporal.PlainDate.from('9999-12-31');
const first = firstDay.toPlainDateTime();
const last = lastDay.toPlainDateTime('23:59:59.999');

// More than from the first day to the last: Temporal has no dates far beyond.
const mostDays = 3_700_000;

/** Returns whether a text is a day, not a wall-clock time. */
export const isDay = (local: LocalTime): boolean => !local.includes('T');

/** Returns the day of a day or wall-clock time. */
export const dayOf = (local: LocalTime): Temporal.PlainDate => Temporal.PlainDate.from(local);

/** Returns the time of a wall-clock time as it is written, with its `T`; nothing for a day. */
export const timeOf = (local: LocalTime): string => local.slice('0000-00-00'.length);

/** Returns the day nearest to another that has a year of four digits. */
export const limitedDay = (day: Temporal.PlainDate): Temporal.PlainDate => {
  if (day.year < firstDay.year) return firstDay;
  return day.year > lastDay.year ? lastDay : day;
};

/** Returns a wall-clock time as text, limited to the years 0001 to 9999. */
export const timeText = (time: Temporal.PlainDateTime): LocalTime => {
  if (time.year < first.year) return timeText(first);
  if (time.year > last.year) return timeText(last);
  if (time.millisecond !== 0) return time.toString({ smallestUnit: 'millisecond' });
  return time.toString({ smallestUnit: time.second === 0 ? 'minute' : 'second' });
};

/** Returns a day or wall-clock time, moved by some days, limited to the years 0001 to 9999. */
export const movedBy = (local: LocalTime, days: number): LocalTime => {
  const span = { days: Math.max(-mostDays, Math.min(mostDays, days)) };
  return isDay(local)
    ? limitedDay(dayOf(local).add(span)).toString()
    : timeText(Temporal.PlainDateTime.from(local).add(span));
};
