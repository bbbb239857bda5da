import { requestLimits } from '@taskward/application';
import {
  fieldNames,
  isTextField,
  normalisedTags,
  type TextField,
  type TextFieldName,
  tagLimits,
  taskFields,
  textFault,
  textFieldFault,
} from '@taskward/domain';

interface TextRule {
  fault(text: string): string | undefined;
  /** What JSON Schema can express of the rule, for the OpenAPI document. */
  readonly documented: Readonly<Record<string, unknown>>;
}

const ruleOf = (name: TextFieldName): TextRule => {
  const { min, max, trimmed = false }: TextField = taskFields[name];
  return {
    fault: (text) => textFieldFault(name, text),
    documented: { ...(min > 0 && { minLength: min }), maxLength: max, ...(min > 0 && trimmed && { pattern: '\\S' }) },
  };
};

const idempotencyKey = '^[\\x20-\\x7e]{1,255}$';

const { search } = requestLimits;
const { length: tag } = tagLimits;

/** The rules on texts, which JSON Schema cannot express. Schemas name them with the keyword `text`. */
export const textRules = {
  ...(Object.fromEntries(fieldNames.filter(isTextField).map((name) => [name, ruleOf(name)])) as Record<
    TextFieldName,
    TextRule
  >),
  search: {
    fault: (text) => textFault(text, search),
    documented: { minLength: search.min, maxLength: search.max },
  },
  tag: {
    fault: (text) => textFault(normalisedTags([text])[0] as string, tag),
    documented: { minLength: tag.min, maxLength: tag.max, pattern: '\\S' },
  },
  idempotency_key: {
    fault: (text) =>
      new RegExp(idempotencyKey).test(text) ? undefined : 'must be 1–255 printable ASCII characters, such as a UUID',
    documented: { pattern: idempotencyKey },
  },
} satisfies Record<string, TextRule>;
