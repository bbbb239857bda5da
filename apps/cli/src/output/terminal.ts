import stringWidth from 'string-width';
import { io } from '../runtime/io.ts';
import { escapeUnsafe } from './escape.ts';

/** Escapes a user's text for one line of a terminal, including line breaks. */
export const shown = (text: string): string => escapeUnsafe(text);

/** Escapes a user's text for a terminal, except line feeds. */
export const shownLines = (text: string): string => escapeUnsafe(text, '\n');

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Truncates a text that is wider than `columns`, with an ellipsis. */
export const cut = (text: string, columns: number): string => {
  if (stringWidth(text) <= columns) return text;
  let kept = '';
  let width = 0;
  for (const { segment } of segmenter.segment(text)) {
    width += stringWidth(segment);
    if (width > columns - 1) break;
    kept += segment;
  }
  return `${kept}…`;
};

/** Truncates or pads a text, so that it is as wide as `columns`. */
export const fit = (text: string, columns: number): string => {
  const fitting = cut(text, columns);
  return `${fitting}${' '.repeat(columns - stringWidth(fitting))}`;
};

const defaultColumns = 80;

/** Returns how wide the terminal is; 80 columns where it does not say. */
export const terminalColumns = (): number => io().stdout.columns || defaultColumns;
