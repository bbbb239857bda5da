import { descriptionFault, textFault, titleFault } from '@taskward/domain';

/** The domain's rules on texts, which JSON Schema cannot express. Schemas name them with the keyword `text`. */
export const textRules = {
  title: { fault: titleFault, documented: { minLength: 1, maxLength: 200, pattern: '\\S' } },
  description: { fault: descriptionFault, documented: { maxLength: 1000 } },
  search: {
    fault: (text: string) => textFault(text, { min: 1, max: 100 }),
    documented: { minLength: 1, maxLength: 100 },
  },
} as const;
