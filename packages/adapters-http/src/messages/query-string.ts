import { parse } from 'node:querystring';
import { decoded } from './path.ts';

/** A query string with a broken escape or with bytes that are not UTF-8: no schema accepts it. */
export class MalformedQuery {
  /** The parameter that is malformed, or `query` where its name is. */
  readonly field: string;

  constructor(field: string) {
    this.field = field;
  }
}

const isWellFormed = (text: string): boolean => decoded(text) !== undefined;

const malformedField = (text: string): string => {
  const name = (text.split('&').find((pair) => !isWellFormed(pair)) ?? '').split('=', 1)[0] as string;
  return decoded(name.replaceAll('+', ' ')) || 'query';
};

/** Parses a query string. It does not throw, because it runs before any hook: validation rejects a `MalformedQuery`. */
export const parseQuery = (text: string): Record<string, unknown> => {
  if (text === '') return {};
  if (text.includes('%') && !isWellFormed(text)) return new MalformedQuery(malformedField(text)) as never;
  return parse(text);
};

/** How a parameter is written, by the type in its schema: only one spelling of a number or a boolean is read. */
const readers: Readonly<Record<string, (text: string) => unknown>> = {
  integer: (text) => (/^\d+$/.test(text) ? Number(text) : text),
  boolean: (text) => (text === 'true' ? true : text === 'false' ? false : text),
};

/**
 * Makes what reads the numbers and booleans of a query string, by its schema.
 * @returns reads a parsed query in place; what is not written as it must be stays text, which validation rejects
 */
export const makeQueryReader = (properties: Readonly<Record<string, { type?: unknown }>>) => {
  const typed = Object.entries(properties).flatMap(([name, { type }]) => {
    const read = readers[String(type)];
    return read === undefined ? [] : [{ name, read }];
  });
  return (query: Record<string, unknown>): void => {
    for (const { name, read } of typed) {
      const value = query[name];
      if (typeof value === 'string') query[name] = read(value);
    }
  };
};
