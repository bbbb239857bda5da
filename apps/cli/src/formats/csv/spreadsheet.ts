// Texts that a spreadsheet evaluates as formulas: https://owasp.org/www-community/attacks/CSV_Injection. An apostrophe
// before them marks them as text. Texts that already begin with one get another, so that removing one is exact.
const formula = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/** Prefixes a formula with an apostrophe, so that a spreadsheet shows it as text. */
export const escapeFormula = (text: string): string => (formula.test(text) ? `'${text}` : text);

/** Reverses `escapeFormula` and `escapeApostrophe`. */
export const unescapeFormula = (text: string): string =>
  text.startsWith("'") && formula.test(text) ? text.slice(1) : text;

/** Returns a text verbatim, unless `unescapeFormula` would remove its own apostrophe. */
export const escapeApostrophe = (text: string): string => (text.startsWith("'") ? escapeFormula(text) : text);
