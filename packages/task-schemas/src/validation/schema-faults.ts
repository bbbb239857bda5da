import type { Fault } from '@taskward/domain';
import type { ErrorObject } from 'ajv';
import { closest, distance } from 'fastest-levenshtein';
import type { TSchema } from 'typebox';
import { readOnlyFields } from '../input/read-only-fields.ts';

const maxFaults = 100;
const maxNameLength = 100;

const namesIn = (error: ErrorObject): string[] =>
  Object.keys((error.parentSchema as TSchema & { properties?: object })?.properties ?? {});

/** What other APIs call ours, by the letters of the name. Of several, those that exist are named. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  sortby: ['sort'],
  orderby: ['sort'],
  sortorder: ['order'],
  page: ['offset', 'cursor'],
  pagenumber: ['offset', 'cursor'],
  pagesize: ['limit'],
  perpage: ['limit'],
  skip: ['offset', 'cursor'],
  due: ['due_date'],
  deadline: ['due_date', 'due'],
  labels: ['tags'],
  recurrence: ['repeat'],
};

// A name that is misspelt, or that contains the right one (`filter_tag`, `is_completed`).
const nearest = (name: string, plain: string, names: string[]): string | undefined => {
  const contained = names.filter((one) => plain.includes(one.replaceAll('_', '')));
  const [longest] = contained.toSorted((a, b) => b.length - a.length);
  if (longest !== undefined || names.length === 0) return longest;
  const candidate = closest(name, names);
  return distance(name, candidate) <= Math.max(2, candidate.length / 3) ? candidate : undefined;
};

const quoted = (names: readonly string[], separator = ', ') => names.map((name) => `\`${name}\``).join(separator);

const unknownField = (error: ErrorObject, kind: string): Fault => {
  const name = String(error.params.additionalProperty).slice(0, maxNameLength);
  const field = pathOf(error, name);
  if (kind === 'field' && error.instancePath === '' && readOnlyFields.some((one) => one === name)) {
    return { field, message: 'is read only: leave it out, or send it as it is' };
  }
  const names = namesIn(error);
  const plain = name.toLowerCase().replace(/[^a-z]/g, '');
  const ours = Object.hasOwn(otherNames, plain) ? (otherNames[plain] ?? []).filter((one) => names.includes(one)) : [];
  const suggestion = ours.length > 0 ? quoted(ours, ' or ') : quoted([nearest(name, plain, names) ?? []].flat());
  if (suggestion !== '') return { field, message: `is not a known ${kind}: did you mean ${suggestion}?` };
  return { field, message: `is not a known ${kind}${names.length > 0 ? `: use ${quoted(names)}` : ''}` };
};

const article = (type: string) => (type === 'null' ? 'null' : /^[aeio]/.test(type) ? `an ${type}` : `a ${type}`);

const typeName = (value: unknown) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

/** Returns the message for changes that name no field. */
export const nothingNamed = (names: readonly string[]): string => `must name at least one of ${quoted(names)}`;

// What is to be an array or object is shown: a sentence alone does not say what is in it.
const shown = ({ instancePath, parentSchema }: ErrorObject, types: readonly string[]): string => {
  const isNested = types.includes('array') || types.includes('object');
  const examples: unknown[] = (isNested && instancePath !== '' && parentSchema?.examples) || [];
  const example = examples.find((one) => typeof one === 'object');
  return example === undefined ? '' : `, such as ${JSON.stringify(example)}`;
};

const messageOf = (error: ErrorObject): string => {
  switch (error.keyword) {
    case 'type': {
      const types = [error.params.type].flat() as string[];
      return `must be ${types.map(article).join(' or ')}, not ${article(typeName(error.data))}${shown(error, types)}`;
    }
    case 'enum':
      return `must be one of ${quoted((error.params.allowedValues as unknown[]).map(String))}`;
    case 'minProperties':
      return nothingNamed(namesIn(error));
    case 'maxProperties':
      return `must have only one of ${quoted(namesIn(error))}`;
    case 'minimum':
      return `must be at least ${error.params.limit}`;
    case 'maximum':
      return `must be at most ${error.params.limit}`;
    case 'minItems':
      return `must hold at least ${error.params.limit}`;
    case 'maxItems':
      return `must hold at most ${error.params.limit}, and holds ${(error.data as unknown[]).length}`;
    default:
      return error.message ?? 'is not valid';
  }
};

// Of a list in a query string, whose values may be words with a sign before them.
const wordsMessage = (allowed: readonly string[]): string => {
  const words = allowed.filter((word) => !word.startsWith('-'));
  const several = words.length < allowed.length ? ', each with `-` before it for descending order' : '';
  return `must be one of ${quoted(words)}, or several of them with commas between${several}`;
};

// All values of a query string are text, so the message says how to write a valid one.
const queryMessageOf = (error: ErrorObject): string => {
  const { data, keyword, parentSchema: { type, list, minimum, maximum, examples: [example] = [] } = {} } = error;
  if (Array.isArray(data) && (keyword !== 'maxItems' || list === undefined)) return 'must be given only once';
  if (keyword === 'enum' && error.instancePath.lastIndexOf('/') > 0) return wordsMessage(error.params.allowedValues);
  if (type === 'integer') return `must be a whole number from ${minimum} to ${maximum}, such as ${example}`;
  return type === 'boolean' ? 'must be `true` or `false`' : messageOf(error);
};

const pathOf = ({ instancePath }: ErrorObject, name?: string): string =>
  [...instancePath.split('/').slice(1), ...(name === undefined ? [] : [name])].join('.');

const toFault = (error: ErrorObject, part: string): Fault => {
  if (error.keyword === 'required')
    return { field: pathOf(error, String(error.params.missingProperty)), message: 'is required' };
  if (error.keyword === 'additionalProperties') return unknownField(error, part === 'body' ? 'field' : 'parameter');
  // A query has no places within its parameters.
  if (part === 'query') return { field: pathOf(error).split('.', 1)[0] || part, message: queryMessageOf(error) };
  return { field: pathOf(error) || part, message: messageOf(error) };
};

/**
 * Returns what is wrong with part of a request, from the errors of its schema.
 * @param part `body`, `query` or, of a tool, `arguments`
 * @param most how many faults are named, ≥ 1
 */
export const toFaults = (errors: readonly ErrorObject[], part: string, most = maxFaults): Fault[] => {
  const faults = errors.slice(0, most).map((error) => toFault(error, part));
  const left = errors.length - faults.length;
  return left > 0 ? [...faults, { field: part, message: `has ${left} more faults` }] : faults;
};
