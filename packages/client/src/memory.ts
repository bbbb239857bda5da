/** An answer that can be asked for again by its validator. */
export interface Remembered {
  readonly etag: string;
  readonly text: string;
}

/** Keeps the answers that were used last, and forgets those that were not. */
export interface Memory {
  get(key: string): Remembered | undefined;
  set(key: string, answer: Remembered): void;
}

/** Makes a memory of so many answers; of none, it never remembers. */
export const makeMemory = (capacity: number): Memory => {
  // A Map keeps the order of insertion: what is used is put last, what is first was not used for longest.
  const answers = new Map<string, Remembered>();
  const set = (key: string, answer: Remembered): void => {
    answers.delete(key);
    answers.set(key, answer);
    const [oldest] = answers.keys();
    if (answers.size > capacity && oldest !== undefined) answers.delete(oldest);
  };
  return {
    get: (key) => {
      const answer = answers.get(key);
      if (answer !== undefined) set(key, answer);
      return answer;
    },
    set,
  };
};
