import { type Instant, type LocalTime, toInstant } from '@taskward/domain';
import { timeText } from './local-times.ts';

// Temporal also takes offsets and whole timestamps for a zone.
const name = /^[a-z][a-z0-9_+/-]*$/i;

const firstInstant = toInstant('0001-01-01T00:00:00.000Z');
const lastInstant = toInstant('9999-12-31T23:59:59.999Z');

/** Returns what a Temporal function returns, or `undefined` if it rejects its arguments. */
const accepted = <T>(make: () => T): T | undefined => {
  try {
    return make();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

/** Returns the name of a zone in its usual spelling, or `undefined` if there is none. */
export const zoneName = (zone: string): string | undefined =>
  name.test(zone) ? accepted(() => new Temporal.ZonedDateTime(0n, zone).timeZoneId) : undefined;

/** Returns the instant of a wall-clock time, the later one in a gap, the earlier one in an overlap. */
export const instantOf = (local: LocalTime, zone: string): Instant => {
  const instant = Temporal.PlainDateTime.from(local)
    .toZonedDateTime(zone, { disambiguation: 'compatible' })
    .toInstant();
  const { year } = instant.toZonedDateTimeISO('UTC');
  if (year < 1) return firstInstant;
  return year > 9999 ? lastInstant : toInstant(instant.toString({ smallestUnit: 'millisecond' }));
};

/** Returns whether a zone's clocks show a wall-clock time at an offset. Offsets that have seconds are compared by minutes. */
export const showsAtOffset = (local: LocalTime, zone: string, offset: string): boolean => {
  const text = `${Temporal.PlainDateTime.from(local)}${/^z$/i.test(offset) ? '+00:00' : offset}[${zone}]`;
  return accepted(() => Temporal.ZonedDateTime.from(text, { offset: 'reject' })) !== undefined;
};

/** Returns the wall-clock time of an instant in a zone. */
export const localOf = (instant: Instant, zone: string): LocalTime =>
  timeText(Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDateTime());
