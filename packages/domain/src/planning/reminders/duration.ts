import { millisecondsPerDay } from '../../instant.ts';
import { quoted } from '../../text.ts';

/** A duration: days on a clock, and elapsed time. */
export interface Duration {
  readonly days: number;
  readonly milliseconds: number;
}

/** The longest time before a due date, in days. */
export const maxDurationDays = 366;

const form =
  /^P(?=[\dT])(?:(?<weeks>\d+)W)?(?:(?<days>\d+)D)?(?:T(?=\d)(?:(?<hours>\d+)H)?(?:(?<minutes>\d+)M)?(?:(?<seconds>\d+)S)?)?$/;

/** Parses a duration of weeks, days, hours, minutes and seconds, in ISO 8601. @param text one without fault */
export const parseDuration = (text: string): Duration => {
  const { weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0 } = form.exec(text)?.groups ?? {};
  return {
    days: 7 * Number(weeks) + Number(days),
    milliseconds: 1000 * (3600 * Number(hours) + 60 * Number(minutes) + Number(seconds)),
  };
};

/** Returns what is wrong with the text of a duration before a due date, or `undefined`. */
export const durationFault = (text: string): string | undefined => {
  if (!form.test(text)) {
    const upper = text.trim().toUpperCase();
    if (form.test(upper)) return `must be written as ${quoted(upper)}, not ${quoted(text)}`;
    return `must be a duration of whole weeks, days, hours, minutes and seconds, such as PT30M, PT1H30M, P1D or P1W, not ${quoted(text)}`;
  }
  const { days, milliseconds } = parseDuration(text);
  return days + milliseconds / millisecondsPerDay > maxDurationDays
    ? `must be at most ${maxDurationDays} days long (P${maxDurationDays}D), not ${quoted(text)}`
    : undefined;
};

/**
 * Returns the one spelling of a duration: weeks as days, and minutes and seconds below 60. Hours stay hours, because a
 * day on a clock has 23 to 25 of them.
 */
export const durationText = ({ days, milliseconds }: Duration): string => {
  const total = milliseconds / 1000;
  const seconds = total % 60;
  const minutes = ((total - seconds) / 60) % 60;
  const hours = (total - seconds - 60 * minutes) / 3600;
  const part = (value: number, unit: string) => (value === 0 ? '' : `${value}${unit}`);
  const time = `${part(hours, 'H')}${part(minutes, 'M')}${part(seconds, 'S')}`;
  if (days === 0 && time === '') return 'PT0S';
  return `P${part(days, 'D')}${time === '' ? '' : `T${time}`}`;
};
