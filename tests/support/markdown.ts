/** The blocks of code in a text of Markdown. */
export const blocksOf = (markdown: string): { language: string; code: string }[] =>
  [...markdown.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language = '', code = '']) => ({ language, code }));
