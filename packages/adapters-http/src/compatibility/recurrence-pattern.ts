import { isObject } from '@taskward/domain';

const patterns: Readonly<Record<string, string>> = {
  'FREQ=DAILY': 'daily',
  'FREQ=WEEKLY': 'weekly',
  'FREQ=MONTHLY': 'monthly',
  'FREQ=YEARLY': 'yearly',
};

/** Returns in one word how a task recurs, whose `repeat` the contract has: `none` if it does not, `custom` if no word says it. */
export const recurrencePattern = (repeat: unknown): string =>
  isObject(repeat) ? (patterns[String(repeat.rule).replace(/;INTERVAL=1(?=;|$)/, '')] ?? 'custom') : 'none';
