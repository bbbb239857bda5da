import type { Instant } from '../instant.ts';
import type { Calendar, LocalTime } from './calendar.ts';
import type { Planning } from './planning.ts';

/**
 * When a task is due: on a day, at a wall-clock time wherever the user is, at an instant, or at a wall-clock time in a zone.
 */
export type DueDate =
  | { readonly kind: 'day' | 'floating'; readonly local: LocalTime }
  /** `local` is in UTC. */
  | { readonly kind: 'instant'; readonly local: LocalTime }
  | { readonly kind: 'zoned'; readonly local: LocalTime; readonly zone: string };

/** Returns what is wrong with the text of a due date, or `undefined`. The text continues the field's name. */
export const dueDateFault = (_text: string, _calendar: Calendar): string | undefined => {
  throw new Error('not written yet');
};

/** Returns the text as it is stored: in the form in which it came, an instant in UTC, without zeros of seconds. */
export const normalisedDueDate = (_text: string, _calendar: Calendar): string => {
  throw new Error('not written yet');
};

/** Parses a due date as it is stored. */
export const parseDueDate = (_text: string): DueDate => {
  throw new Error('not written yet');
};

/** Returns the text of a due date as it is stored. */
export const dueDateText = (_due: DueDate): string => {
  throw new Error('not written yet');
};

/** Returns the instant that a due date means: of a day, the last millisecond before the next one starts for the user. */
export const dueInstant = (_due: DueDate, _planning: Planning): Instant => {
  throw new Error('not written yet');
};

/** Returns a moment as it is on the clock by which a due date goes, in the due date's form: a day for a day. */
export const localNow = (_due: DueDate, _now: Instant, _planning: Planning): LocalTime => {
  throw new Error('not written yet');
};
