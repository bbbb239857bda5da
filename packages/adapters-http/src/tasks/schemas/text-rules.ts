import { requestLimits } from '@taskward/application';
import {
  fieldFault,
  fieldNames,
  isTextField,
  type TextField,
  type TextFieldName,
  taskFields,
  textFault,
} from '@taskward/domain';

interface TextRule {
  fault(text: string): string | undefined;
  /** What JSON Schema can express of the rule, for the OpenAPI document. */
  readonly documented: Readonly<Record<string, unknown>>;
}

const ruleOf = (name: TextFieldName): TextRule => {
  const { min, max, trimmed = false }: TextField = taskFields[name];
  return {
    fault: (text) => fieldFault(name, text),
    documented: { ...(min > 0 && { minLength: min }), maxLength: max, ...(min > 0 && trimmed && { pattern: '\\S' }) },
  };
};

const { search } = requestLimits;

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
} satisfies Record<string, TextRule>;
