import { foldText, textFault } from '../text.ts';

/** Bounds of a task's tags: their number, and the length of each in Unicode code points. */
export const tagLimits = { count: { min: 0, max: 20 }, length: { min: 1, max: 50 } } as const;

/** Returns a tag as it is stored. */
const normalisedTag = (tag: string): string => tag.trim().normalize('NFC');

/** Returns what is wrong with a tag, or `undefined`. The text continues the field's name. */
export const tagFault = (tag: string): string | undefined => textFault(normalisedTag(tag), tagLimits.length);

/** Returns what is wrong with a list of tags, or `undefined`. The text continues the field's name. */
export const tagsFault = (tags: readonly string[]): string | undefined => {
  for (const [index, tag] of tags.entries()) {
    const fault = tagFault(tag);
    if (fault !== undefined) return `must hold valid tags only: tag ${index + 1} ${fault}`;
  }
  const count = normalisedTags(tags).length;
  return count > tagLimits.count.max ? `must hold at most ${tagLimits.count.max} tags, and holds ${count}` : undefined;
};

/** Returns the tags as they are stored: trimmed, in NFC, each once without regard to case, in their order. */
export const normalisedTags = (tags: readonly string[]): readonly string[] => {
  const byKey = new Map<string, string>();
  for (const tag of tags) {
    const key = tagKey(tag);
    if (!byKey.has(key)) byKey.set(key, normalisedTag(tag));
  }
  return [...byKey.values()];
};

/** Returns the form in which tags are compared: equal for tags that differ only in case, normalisation or outer white space. */
export const tagKey = (tag: string): string => foldText(tag.trim());

/** Returns the tags with some added at the end and some taken off. One that is in both is taken off. */
export const editedTags = (
  tags: readonly string[],
  added: readonly string[],
  removed: readonly string[],
): readonly string[] => {
  const gone = new Set(removed.map(tagKey));
  return normalisedTags([...tags, ...added]).filter((tag) => !gone.has(tagKey(tag)));
};

/** Returns the tags with one renamed in its place; without it where the new name is there already. */
export const renamedTag = (tags: readonly string[], from: string, to: string): readonly string[] => {
  const [oldKey, newKey] = [tagKey(from), tagKey(to)];
  const isThere = oldKey !== newKey && tags.some((tag) => tagKey(tag) === newKey);
  return tags.flatMap((tag) => {
    if (tagKey(tag) !== oldKey) return tag;
    return isThere ? [] : normalisedTag(to);
  });
};
