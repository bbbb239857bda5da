// Words in which other backends say how far a task is, in lower case and with underscores.
const doneWords = new Set(['completed', 'complete', 'done', 'finished']);
const openWords = new Set(['pending', 'incomplete', 'todo', 'to_do', 'open', 'active', 'not_started', 'uncompleted']);
const middleWords = new Set([
  'in_progress',
  'inprogress',
  'doing',
  'started',
  'in_review',
  'review',
  'blocked',
  'on_hold',
  'cancelled',
  'canceled',
]);

const plain = (word: string): string =>
  word
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');

/** Returns whether a word means that a task is done; `undefined` for any other word, also for a state in between. */
export const isDone = (word: string): boolean | undefined => {
  const text = plain(word);
  return doneWords.has(text) ? true : openWords.has(text) ? false : undefined;
};

/** Returns whether a word means a state between open and done, such as `in_progress`. */
export const isMiddle = (word: string): boolean => middleWords.has(plain(word));
