import type { Fault, TaskChanges } from '@taskward/domain';
import { Ajv, type ErrorObject, type Options } from 'ajv';
import addFormats from 'ajv-formats';
import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { MalformedQuery, makeQueryReader } from '../messages/query-string.ts';
import { textRules } from '../tasks/schemas/text-rules.ts';
import { HttpError } from './http-error.ts';
import { toFaults } from './schema-faults.ts';

// A batch reports the faults of up to a hundred operations.
const maxFaultsOfOne = 10;

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
  // For the reader of query strings and the document.
  ajv.addKeyword({ keyword: 'list' });
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

/** Finds what is wrong with the fields of a task that each have their type. */
export type ContentCheck = (changes: TaskChanges) => Fault[];

const namesField = (field: string, name: string): boolean => field === name || field.startsWith(`${name}.`);

// A schema cannot check a date or a rule. Where it has found faults, these are looked for too: all of them are told at once.
const withContentFaults = (faults: Fault[], value: unknown, schema: BodySchema, check: ContentCheck): Fault[] => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return faults;
  const sound = Object.entries(value).filter(
    ([name]) => name in (schema.properties ?? {}) && !faults.some(({ field }) => namesField(field, name)),
  );
  return [...faults, ...check(Object.fromEntries(sound))];
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
export const makeValidatorCompiler = (contentFaults: ContentCheck): FastifySchemaCompiler<TSchema> => {
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
      if (validate(value)) return { value };
      const faults = toFaults(validate.errors ?? [], part);
      return invalidPart(part, withContentFaults(faults, value, schema, contentFaults));
    };
  };
};
