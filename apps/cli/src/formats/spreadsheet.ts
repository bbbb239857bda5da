// What a spreadsheet takes for a formula: https://owasp.org/www-community/attacks/CSV_Injection. An apostrophe before it
// says that it is a text. Texts that have such apostrophes themselves get one more, so that taking one away is exact.
const formula = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/** A text as a spreadsheet shows it rather than calculates it. */
export const escapeFormula = (text: string): string => (formula.test(text) ? `'${text}` : text);

/** The text that `escapeFormula`, or `escapeApostrophe`, was given. */
export const unescapeFormula = (text: string): string =>
  text.startsWith("'") && formula.test(text) ? text.slice(1) : text;

/** A text as it is, unless `unescapeFormula` would take it for one with an apostrophe before it. */
export const escapeApostrophe = (text: string): string => (text.startsWith("'") ? escapeFormula(text) : text);
