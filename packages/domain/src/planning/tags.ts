/** Bounds of a task's tags: their number, and the length of each in Unicode code points. */
export const tagLimits = { count: { min: 0, max: 20 }, length: { min: 1, max: 50 } } as const;

/** Returns what is wrong with a list of tags, or `undefined`. The text continues the field's name. */
export const tagsFault = (_tags: readonly string[]): string | undefined => {
  throw new Error('not written yet');
};

/** Returns the tags as they are stored: trimmed, in NFC, each once without regard to case, in their order. */
export const normalisedTags = (_tags: readonly string[]): readonly string[] => {
  throw new Error('not written yet');
};

/** Returns the form in which tags are compared: equal for tags that differ only in case, normalisation or outer white space. */
export const tagKey = (_tag: string): string => {
  throw new Error('not written yet');
};

/** Returns the tags with some added at the end and some taken off. One that is in both is taken off. */
export const editedTags = (
  _tags: readonly string[],
  _added: readonly string[],
  _removed: readonly string[],
): readonly string[] => {
  throw new Error('not written yet');
};

/** Returns the tags with one renamed in its place; without it where the new name is there already. */
export const renamedTag = (_tags: readonly string[], _from: string, _to: string): readonly string[] => {
  throw new Error('not written yet');
};
