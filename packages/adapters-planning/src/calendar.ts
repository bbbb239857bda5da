import type { Calendar, Series } from '@taskward/domain';
import { LruMap } from 'toad-cache';
import { dayOf, movedBy } from './local-times.ts';
import { countBetween, firstAfter, makeSchedule, type Schedule } from './series.ts';
import { instantOf, localOf, showsAtOffset, zoneName } from './zones.ts';

// Most of the time goes into parsing, and into the end of a series that has a number of occurrences.
const maxSchedules = 1_000;

/** Makes a calendar of the runtime's zone data and the Gregorian calendar. */
export const makeCalendar = (): Calendar => {
  const schedules = new LruMap<Schedule>(maxSchedules);
  const scheduleOf = (series: Series): Schedule => {
    const key = `${series.start} ${series.shortMonths} ${series.rule}`;
    const known = schedules.get(key);
    if (known) return known;
    const schedule = makeSchedule(series);
    schedules.set(key, schedule);
    return schedule;
  };
  return {
    zoneName,
    toInstant: instantOf,
    hasOffset: showsAtOffset,
    toLocal: localOf,
    addDays: movedBy,
    dayOfWeek: (local) => dayOf(local).dayOfWeek,
    nextOccurrence: (series, after) => firstAfter(scheduleOf(series), after),
    countOccurrences: (series, after, before) => countBetween(scheduleOf(series), after, before),
  };
};
