import { descriptionFault, textFault, titleFault } from '@taskward/domain';

/** Rules on texts that JSON Schema cannot say. They stand in the domain; the keyword `text` calls them by name. */
export const textRules = {
  title: { fault: titleFault, documented: { minLength: 1, maxLength: 200, pattern: '\\S' } },
  description: { fault: descriptionFault, documented: { maxLength: 1000 } },
  search: {
    fault: (text: string) => textFault(text, { min: 1, max: 100 }),
    documented: { minLength: 1, maxLength: 100 },
  },
} as const;
