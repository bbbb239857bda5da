import { folded, utcStamp } from './content-lines.ts';

// Before and after these years, a zone keeps the offset that it has at the end of them.
const from = Temporal.Instant.from('1970-01-01T00:00:00Z');
const until = Temporal.Instant.from('2101-01-01T00:00:00Z');

interface Observance {
  readonly before: string;
  readonly after: string;
  readonly isAhead: boolean;
  /** When it begins, on the clock that was shown before. */
  readonly onsets: string[];
}

const withoutColons = (offset: string): string => offset.replaceAll(':', '');

/** Returns what the clocks show at an instant, at the offset of another moment. */
const onsetOf = (instant: Temporal.Instant, { offsetNanoseconds: nanoseconds }: Temporal.ZonedDateTime): string => {
  const local = instant.toZonedDateTimeISO('UTC').toPlainDateTime().add({ nanoseconds });
  return utcStamp(local.toString({ smallestUnit: 'second' })).slice(0, -1);
};

/** Returns the changes of a zone's clocks, those from one offset to another together. */
const observancesOf = (zone: string): Observance[] => {
  const observances = new Map<string, Observance>();
  let current = from.toZonedDateTimeISO(zone);
  const first = { before: current.offset, after: current.offset, isAhead: false };
  observances.set('', { ...first, onsets: [onsetOf(from, current)] });
  for (;;) {
    const next = current.getTimeZoneTransition('next');
    if (next === null || Temporal.Instant.compare(next.toInstant(), until) >= 0) return [...observances.values()];
    const [before, after] = [current.offset, next.offset];
    const key = `${before} ${after}`;
    const isAhead = next.offsetNanoseconds > current.offsetNanoseconds;
    const known = observances.get(key) ?? { before, after, isAhead, onsets: [] };
    known.onsets.push(onsetOf(next.toInstant(), current));
    observances.set(key, known);
    current = next;
  }
};

const observanceLines = ({ before, after, isAhead, onsets }: Observance): string[] => {
  const name = isAhead ? 'DAYLIGHT' : 'STANDARD';
  const [first = ''] = onsets;
  return [
    `BEGIN:${name}`,
    `DTSTART:${first}`,
    // Also the first, and each by itself: some programs, such as ical.js, take no other of a property, and no DTSTART then.
    ...onsets.map((onset) => `RDATE:${onset}`),
    `TZOFFSETFROM:${withoutColons(before)}`,
    `TZOFFSETTO:${withoutColons(after)}`,
    `END:${name}`,
  ];
};

/** Formats a time zone by the runtime's data, for readers that do not know it by its name (section 3.6.5). */
export const timeZoneText = (zone: string): string =>
  ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...observancesOf(zone).flatMap(observanceLines), 'END:VTIMEZONE']
    .map(folded)
    .join('');
