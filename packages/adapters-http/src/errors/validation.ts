import type { Fault } from '@taskward/domain';
import { type BodySchema, type ContentCheck, makeAjv, toFaults, withContentFaults } from '@taskward/task-schemas';
import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { MalformedQuery, makeQueryReader } from '../messages/query-string.ts';
import { HttpError } from './http-error.ts';

const missingBody: Fault = { field: 'body', message: 'is required: send a JSON object' };

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
export const makeValidatorCompiler = (contentFaults: ContentCheck): FastifySchemaCompiler<TSchema> => {
  const ajv = makeAjv();
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
