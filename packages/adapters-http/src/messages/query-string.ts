import { parse } from 'node:querystring';
import { decoded } from './path.ts';

/** A query string with an invalid escape or invalid UTF-8. Validation rejects it. */
export class MalformedQuery {
  /** The malformed parameter, or `query` if its name is malformed. */
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

/** Parses a query string. Returns a `MalformedQuery` instead of throwing, because it runs before any hook. */
export const parseQuery = (text: string): Record<string, unknown> => {
  if (text === '') return {};
  if (text.includes('%') && !isWellFormed(text)) return new MalformedQuery(malformedField(text)) as never;
  return parse(text);
};

/** Parsers by the type in a parameter's schema. Each accepts one spelling of a value and leaves others as text. */
const readers: Readonly<Record<string, (text: string) => unknown>> = {
  integer: (text) => (/^\d+$/.test(text) ? Number(text) : text),
  boolean: (text) => (text === 'true' ? true : text === 'false' ? false : text),
};

/**
 * Makes a function that parses the numbers and booleans of a query in place, by its schema. A value that it cannot parse
 * stays text, which validation rejects.
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
