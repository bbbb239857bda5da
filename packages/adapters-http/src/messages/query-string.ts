import { parse } from 'node:querystring';
import type { ListNotation } from '@taskward/task-schemas';
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

/** The part of a parameter's schema that says how its value is read. */
interface ParameterSchema {
  readonly type?: unknown;
  readonly list?: ListNotation;
}

type Reader = (value: string) => unknown;

/** Parsers by the type in a parameter's schema. Each accepts one spelling of a value and leaves others as text. */
const readers: Readonly<Record<string, Reader>> = {
  integer: (text) => (/^\d+$/.test(text) ? Number(text) : text),
  boolean: (text) => (text === 'true' ? true : text === 'false' ? false : text),
};

const listReader = (notation: Exclude<ListNotation, 'members'>) => (value: string | readonly string[]) => {
  // A list of lists is not valid.
  if (notation === 'commas') return typeof value === 'string' ? value.split(',') : [value];
  const values = [value].flat();
  return notation === 'repeated' ? values : values.flatMap((one) => one.split(','));
};

const readerOf = ({ type, list }: ParameterSchema): ((value: unknown) => unknown) | undefined => {
  if (list !== undefined && list !== 'members') {
    const read = listReader(list);
    return (value) => (typeof value === 'string' || Array.isArray(value) ? read(value) : value);
  }
  const read = readers[String(type)];
  return read && ((value) => (typeof value === 'string' ? read(value) : value));
};

// Moves `name.member=value` to `name: {member: value}`.
const collectMembers = (query: Record<string, unknown>, name: string): void => {
  const prefix = `${name}.`;
  const parameters = Object.keys(query).filter((one) => one.startsWith(prefix));
  if (parameters.length === 0 || query[name] !== undefined) return;
  query[name] = Object.fromEntries(parameters.map((one) => [one.slice(prefix.length), query[one]]));
  for (const one of parameters) delete query[one];
};

/**
 * Makes a function that parses the numbers, booleans and lists of a query in place, by its schema. A value that it cannot
 * parse stays text, which validation rejects.
 */
export const makeQueryReader = (properties: Readonly<Record<string, ParameterSchema>>) => {
  const typed = Object.entries(properties).flatMap(([name, schema]) => {
    const read = readerOf(schema);
    return read === undefined ? [] : [{ name, read }];
  });
  const withMembers = Object.entries(properties).flatMap(([name, { list }]) => (list === 'members' ? name : []));
  return (query: Record<string, unknown>): void => {
    for (const name of withMembers) collectMembers(query, name);
    for (const { name, read } of typed) {
      const value = query[name];
      if (value !== undefined) query[name] = read(value);
    }
  };
};
