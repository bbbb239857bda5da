/** The reader's locale: the first language of the browser. */
export const locale = navigator.language;

/** Writes a number in the reader's locale. */
export const numberText = (value: number): string => value.toLocaleString(locale);

/** Writes a number with its noun: `1 change`, `2 changes`. */
export const counted = (value: number, noun: string): string => `${numberText(value)} ${noun}${value === 1 ? '' : 's'}`;
