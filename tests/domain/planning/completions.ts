import {
  type NextOccurrence,
  nextOccurrence,
  normalisedRepeat,
  type Repeat,
  type RepeatInput,
  toInstant,
  type UserSettings,
} from '@taskward/domain';
import { calendar, planningOf } from './arbitraries.ts';

/** A completion of a recurring task. */
export interface Case {
  readonly repeat: RepeatInput;
  /** The current due date, and the start of the series unless the rule has one. */
  readonly due: string;
  /** The moment of completion. */
  readonly now: string;
  readonly settings?: Partial<UserSettings>;
}

/** Returns what follows a completion. */
export const after = ({ repeat, due, now, settings }: Case): NextOccurrence | undefined =>
  nextOccurrence(normalisedRepeat(repeat, due, calendar), due, toInstant(now), planningOf(settings));

/** The due dates of a series that is completed again and again, each time at the moment that a due date gives. */
export const seriesOf = (
  repeat: RepeatInput,
  start: string,
  times: number,
  nowOf: (due: string) => string,
): string[] => {
  const dues = [start];
  let current: { dueDate: string; repeat: Repeat } | undefined = {
    dueDate: start,
    repeat: normalisedRepeat(repeat, start, calendar),
  };
  for (let step = 0; step < times; step += 1) {
    current = nextOccurrence(current.repeat, current.dueDate, toInstant(nowOf(current.dueDate)), planningOf());
    if (current === undefined) break;
    dues.push(current.dueDate);
  }
  return dues;
};
/** Returns midnight of the day of a due date. */
export const onTime = (due: string): string => `${due.slice(0, 10)}T00:00:00.000Z`;
