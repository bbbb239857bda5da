import type { Fault, TaskChanges } from '@taskward/domain';
import { Ajv, type ErrorObject } from 'ajv';
import addFormats from 'ajv-formats';
import type { TSchema } from 'typebox';
import { textRules } from '../schemas/text-rules.ts';
import { toFaults } from './schema-faults.ts';

// A batch reports the faults of up to a hundred operations.
const maxFaultsOfOne = 10;

/** Makes a validator that knows the keywords of our schemas. Input is validated as sent: nothing is coerced, dropped or added. */
export const makeAjv = (): Ajv => {
  const ajv = new Ajv({
    allErrors: true,
    strict: true,
    strictTypes: false,
    allowUnionTypes: true,
    verbose: true,
    coerceTypes: false,
    removeAdditional: false,
    useDefaults: false,
  });
  addFormats.default(ajv, ['date-time']);
  // For the OpenAPI document only: each operation of a batch is validated by itself.
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
  const validate = makeAjv().compile(schema);
  return (value) => (validate(value) ? [] : toFaults(validate.errors ?? [], 'body', maxFaultsOfOne));
};

/** The part of a body's schema that decides whether the body is optional. */
export interface BodySchema {
  readonly required?: readonly string[];
  readonly minProperties?: number;
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** Finds what is wrong with the fields of a task that each have their type. */
export type ContentCheck = (changes: TaskChanges) => Fault[];

const namesField = (field: string, name: string): boolean => field === name || field.startsWith(`${name}.`);

/**
 * Adds to the faults that a schema has found those of fields that it finds sound: it cannot check a date or a rule, and all
 * faults are told at once.
 */
export const withContentFaults = (
  faults: Fault[],
  value: unknown,
  schema: BodySchema,
  check: ContentCheck,
): Fault[] => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return faults;
  const sound = Object.entries(value).filter(
    ([name]) => name in (schema.properties ?? {}) && !faults.some(({ field }) => namesField(field, name)),
  );
  return [...faults, ...check(Object.fromEntries(sound))];
};
