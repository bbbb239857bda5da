// Words of one meaning, in lower case.
const priorities: Readonly<Record<string, string | null>> = {
  ...{ urgent: 'urgent', high: 'high', medium: 'medium', low: 'low' },
  critical: 'urgent',
  none: null,
  '': null,
};

const recurrences: Readonly<Record<string, string | null>> = {
  ...{ daily: 'daily', weekly: 'weekly', monthly: 'monthly', yearly: 'yearly', weekdays: 'weekdays' },
  none: null,
  '': null,
};

/** The words for how often a task recurs. */
export const frequencies: ReadonlySet<unknown> = new Set(Object.values(recurrences).filter((word) => word !== null));

const wordIn = (words: Readonly<Record<string, string | null>>, value: unknown): unknown => {
  const text = typeof value === 'string' ? value.trim().toLowerCase() : undefined;
  return text !== undefined && Object.hasOwn(words, text) ? words[text] : value;
};

/** Returns a priority in the contract's spelling, `null` for none, and any other value as it is. */
export const toPriority = (value: unknown): unknown => wordIn(priorities, value);

/** Returns how a task recurs in the contract's spelling, `null` for not at all, and any other value as it is. */
export const toRepeat = (value: unknown): unknown => wordIn(recurrences, value);
