import type { Instant } from '../instant.ts';
import type { Calendar, ShortMonths } from './calendar.ts';
import type { Planning } from './planning.ts';

/** A rule of recurrence as it is stored. */
export interface Repeat {
  /** A recurrence rule of RFC 5545, in a canonical order of its parts, such as `FREQ=MONTHLY;BYMONTHDAY=31`. */
  readonly rule: string;
  /** Whether the next occurrence follows from the series (`due`) or from the moment of completion. */
  readonly from: 'due' | 'completion';
  readonly short_months: ShortMonths;
  /** The first occurrence: the due date, in its own form, that the series starts from. */
  readonly start: string;
}

/** A rule of recurrence as people send it: a word such as `monthly`, or the parts that they care about. */
export type RepeatInput = string | (Pick<Repeat, 'rule'> & Partial<Repeat>);

/** Returns what is wrong with a rule, or `undefined`. The text continues the field's name. */
export const repeatFault = (_repeat: RepeatInput, _calendar: Calendar): string | undefined => {
  throw new Error('not written yet');
};

/**
 * Returns a rule as it is stored: the word as a rule, its parts in one order, and what was left out filled in.
 * @param dueDate the due date as it is stored, from which the series starts unless `start` says otherwise
 */
export const normalisedRepeat = (_repeat: RepeatInput, _dueDate: string, _calendar: Calendar): Repeat => {
  throw new Error('not written yet');
};

/** Returns the sentence for a rule that has no occurrence after its start within 28 years, or `undefined`. */
export const emptySeriesFault = (_repeat: Repeat, _calendar: Calendar): string | undefined => {
  throw new Error('not written yet');
};

/** The occurrence that follows a completed one. */
export interface NextOccurrence {
  /** As it is stored. */
  readonly dueDate: string;
  /** The rule from there on: one that counts from its completion has one occurrence fewer. */
  readonly repeat: Repeat;
  /** How many occurrences were passed over. */
  readonly skipped: number;
}

/**
 * Returns the occurrence after the later of the due date and now, or `undefined` where the series ends.
 * @param dueDate the current occurrence, as it is stored
 */
export const nextOccurrence = (
  _repeat: Repeat,
  _dueDate: string,
  _now: Instant,
  _planning: Planning,
): NextOccurrence | undefined => {
  throw new Error('not written yet');
};
