import type { Fault } from '@taskward/domain';
import { Ajv, type ErrorObject, type Options } from 'ajv';
import addFormats from 'ajv-formats';
import { closest, distance } from 'fastest-levenshtein';
import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { MalformedQuery, makeQueryReader } from '../messages/query-string.ts';
import { readOnlyFields } from '../tasks/read-only-fields.ts';
import { textRules } from '../tasks/schemas/text-rules.ts';
import { HttpError } from './http-error.ts';

const maxFaults = 100;
// A batch reports the faults of up to a hundred operations.
const maxFaultsOfOne = 10;
const maxNameLength = 100;

// Bodies are validated as sent: nothing is coerced, dropped or added.
const asSent: Options = { coerceTypes: false, removeAdditional: false, useDefaults: false };

const makeAjv = (options: Options): Ajv => {
  const ajv = new Ajv({
    allErrors: true,
    strict: true,
    strictTypes: false,
    allowUnionTypes: true,
    verbose: true,
    ...options,
  });
  addFormats.default(ajv, ['date-time']);
  // For the OpenAPI document only: batch.ts validates each operation.
  ajv.addKeyword({ keyword: 'each' });
  ajv.addKeyword({
    keyword: 'text',
    type: 'string',
    metaSchema: { enum: Object.keys(textRules) },
    validate: function text(rule: keyof typeof textRules, value: string) {
      const message = textRules[rule].fault(value);
      (text as { errors?: Partial<ErrorObject>[] }).errors =
        message === undefined ? [] : [{ keyword: 'text', message }];
      return message === undefined;
    },
    errors: true,
  });
  return ajv;
};

const knownNames = (error: ErrorObject): string[] =>
  Object.keys((error.parentSchema as TSchema & { properties?: object })?.properties ?? {});

// A name that is misspelt, or that contains the right one (`sort_by`, `is_completed`).
const nearest = (name: string, names: string[]): string | undefined => {
  const plain = name.toLowerCase().replace(/[^a-z]/g, '');
  const candidate =
    names.find((one) => plain.includes(one.replace('_', ''))) ?? (names.length > 0 ? closest(name, names) : undefined);
  if (candidate === undefined) return undefined;
  const near =
    plain.includes(candidate.replace('_', '')) || distance(name, candidate) <= Math.max(2, candidate.length / 3);
  return near ? candidate : undefined;
};

const unknownField = (error: ErrorObject, kind: string): Fault => {
  const field = String(error.params.additionalProperty).slice(0, maxNameLength);
  const names = knownNames(error);
  if (kind === 'field' && readOnlyFields.some((one) => one === field)) {
    return { field, message: 'is read only: leave it out, or send it as it is' };
  }
  const suggestion = nearest(field, names);
  if (suggestion !== undefined) return { field, message: `is not a known ${kind}: did you mean \`${suggestion}\`?` };
  return {
    field,
    message: `is not a known ${kind}${names.length > 0 ? `: use ${names.map((name) => `\`${name}\``).join(', ')}` : ''}`,
  };
};

const article = (type: string) => (type === 'null' ? 'null' : /^[aeio]/.test(type) ? `an ${type}` : `a ${type}`);

const typeName = (value: unknown) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

/** Returns the message for changes that name no field. */
export const nothingNamed = (names: readonly string[]): string =>
  `must name at least one of ${names.map((name) => `\`${name}\``).join(', ')}`;

const messageOf = (error: ErrorObject): string => {
  switch (error.keyword) {
    case 'type': {
      const types = [error.params.type].flat() as string[];
      return `must be ${types.map(article).join(' or ')}, not ${article(typeName(error.data))}`;
    }
    case 'enum':
      return `must be one of ${(error.params.allowedValues as string[]).map((value) => `\`${value}\``).join(', ')}`;
    case 'minProperties':
      return nothingNamed(knownNames(error));
    case 'minimum':
      return `must be at least ${error.params.limit}`;
    case 'maximum':
      return `must be at most ${error.params.limit}`;
    default:
      return error.message ?? 'is not valid';
  }
};

// All values of a query string are text, so the message says how to write a valid one.
const queryMessageOf = (error: ErrorObject): string => {
  const { data, parentSchema: { type, minimum, maximum, examples: [example] = [] } = {} } = error;
  if (Array.isArray(data)) return 'must be given only once';
  if (type === 'integer') return `must be a whole number from ${minimum} to ${maximum}, such as ${example}`;
  return type === 'boolean' ? 'must be `true` or `false`' : messageOf(error);
};

const toFault = (error: ErrorObject, part: string): Fault => {
  if (error.keyword === 'required') return { field: String(error.params.missingProperty), message: 'is required' };
  if (error.keyword === 'additionalProperties') return unknownField(error, part === 'body' ? 'field' : 'parameter');
  return {
    field: error.instancePath.slice(1).replaceAll('/', '.') || part,
    message: part === 'query' ? queryMessageOf(error) : messageOf(error),
  };
};

const toFaults = (errors: readonly ErrorObject[], part: string, most = maxFaults): Fault[] => {
  const faults = errors.slice(0, most).map((error) => toFault(error, part));
  const left = errors.length - faults.length;
  return left > 0 ? [...faults, { field: part, message: `has ${left} more faults` }] : faults;
};

/** Makes a function that checks part of a body. @returns its faults; none if it is valid */
export const makeBodyCheck = (schema: TSchema): ((value: unknown) => Fault[]) => {
  const validate = makeAjv(asSent).compile(schema);
  return (value) => (validate(value) ? [] : toFaults(validate.errors ?? [], 'body', maxFaultsOfOne));
};

const missingBody: Fault = { field: 'body', message: 'is required: send a JSON object' };

/** The part of a body's schema that decides whether the body is optional. */
export interface BodySchema {
  readonly required?: readonly string[];
  readonly minProperties?: number;
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** Returns whether a body of this schema is optional. */
export const isSatisfiedByNothing = (schema: BodySchema): boolean =>
  (schema.required ?? []).length === 0 && schema.minProperties === undefined;

const invalidPart = (part: string, faults: Fault[]): { error: HttpError } => {
  const detail = faults
    .map(({ field, message }) => (field === part ? `it ${message}` : `${field} ${message}`))
    .join('; ');
  return {
    error: new HttpError('request/invalid', `The ${part} is not valid: ${detail}${detail.endsWith('?') ? '' : '.'}`, {
      faults,
    }),
  };
};

const malformedQuery = ({ field }: MalformedQuery) =>
  invalidPart('query', [
    { field, message: 'is not well-formed percent-encoded UTF-8: encode names and values with encodeURIComponent' },
  ]);

/**
 * Makes the compiler for the schemas of bodies and query strings. Bodies are not coerced or filtered; numbers and
 * booleans of a query string are parsed from text. Path parameters are not validated: routes parse them, because an id
 * that cannot exist is a missing task and not an invalid request.
 */
export const makeValidatorCompiler = (): FastifySchemaCompiler<TSchema> => {
  const ajv = makeAjv(asSent);
  return ({ schema, httpPart }) => {
    if (httpPart === 'params' || httpPart === 'headers') return () => true;
    const part = httpPart === 'body' ? 'body' : 'query';
    const validate = ajv.compile(schema);
    if (part === 'query') {
      const read = makeQueryReader((schema as TSchema & { properties?: Record<string, TSchema> }).properties ?? {});
      return (value: Record<string, unknown> | MalformedQuery) => {
        if (value instanceof MalformedQuery) return malformedQuery(value);
        read(value);
        return validate(value) ? { value } : invalidPart(part, toFaults(validate.errors ?? [], part));
      };
    }
    const mayBeAbsent = isSatisfiedByNothing(schema);
    return (value: unknown) => {
      // Fastify passes a missing body as null.
      if (value === null) return mayBeAbsent ? { value: undefined } : invalidPart(part, [missingBody]);
      return validate(value) ? { value } : invalidPart(part, toFaults(validate.errors ?? [], part));
    };
  };
};
