/** Returns whether two JSON values are the same, whatever the order of the names in their objects. */
export const isSame = (one: unknown, other: unknown): boolean => {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => isSame((one as Values)[name], (other as Values)[name]))
  );
};

type Values = Readonly<Record<string, unknown>>;

type Tags = readonly string[];

// Tags that differ only in case are one, as on the server.
const keyOf = (tag: string): string => tag.trim().normalize('NFC').toLowerCase();

const without = (tags: Tags, others: Tags): string[] => {
  const gone = new Set(others.map(keyOf));
  return tags.filter((tag) => !gone.has(keyOf(tag)));
};

/** Returns the tags with some added at the end and some taken off. One that is in both is taken off. */
export const editedTags = (tags: Tags, added: Tags, removed: Tags): string[] =>
  without([...tags, ...without(added, tags)], removed);

/** Returns what to send so that tags become others: the difference, in which two devices lose nothing of each other's. */
export const tagChanges = (
  before: Tags | undefined,
  after: Tags,
): { tags?: string[]; add_tags?: string[]; remove_tags?: string[] } => {
  const [added, removed] = before === undefined ? [[], []] : [without(after, before), without(before, after)];
  // Another order or another case is no difference.
  if (added.length + removed.length === 0) return { tags: [...after] };
  return { ...(added.length > 0 && { add_tags: added }), ...(removed.length > 0 && { remove_tags: removed }) };
};

/** Returns the tags of a task that was changed elsewhere, with the changes that were made here. */
export const mergedTags = (base: Tags, mine: Tags, theirs: Tags): string[] =>
  isSame(base, theirs) ? [...mine] : editedTags(theirs, without(mine, base), without(base, mine));

const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Returns metadata with changes merged into it, as the server does (RFC 7396): `null` removes a member. */
export const mergedMetadata = (metadata: Values, changes: Values): Record<string, unknown> => {
  const merged = new Map(Object.entries(metadata));
  for (const [name, value] of Object.entries(changes)) {
    const before = merged.get(name);
    if (value === null) merged.delete(name);
    else merged.set(name, isObject(value) ? mergedMetadata(isObject(before) ? before : {}, value) : value);
  }
  return Object.fromEntries(merged);
};

/** Returns the changes that make one object of another when they are merged into it. */
export const patchOf = (before: Values, after: Values): Record<string, unknown> => {
  const old = new Map(Object.entries(before));
  const given = Object.entries(after).flatMap(([name, value]): [string, unknown][] => {
    const was = old.get(name);
    const isKept = old.delete(name) && isSame(was, value);
    if (isKept) return [];
    return [[name, isObject(was) && isObject(value) ? patchOf(was, value) : value]];
  });
  return Object.fromEntries([...[...old.keys()].map((name): [string, unknown] => [name, null]), ...given]);
};
