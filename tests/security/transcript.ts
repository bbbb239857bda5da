import type { UserId } from '@taskward/domain';

/** What a probe saw, line by line, without what differs from run to run. */
export interface Transcript {
  readonly lines: readonly string[];
  note(what: string, is: unknown): void;
}

// Of requests, and of events.
const uuid = /[\da-f]{8}(-?[\da-f]{4}){3}-?[\da-f]{12}/g;
// A cursor has the user in its checksum, and the epoch of their log, which is drawn at random.
const cursor = /(?<=cursor(=|":"))[\w-]+/g;
const epoch = /(?<=epoch\\?":)\d+/g;

/** Makes an empty transcript. @param users what to call each user in it */
export const aTranscript = (users: Readonly<Record<string, UserId>>): Transcript => {
  const lines: string[] = [];
  return {
    lines,
    note(what, is) {
      let line = `${what}: ${typeof is === 'string' ? is : JSON.stringify(is)}`;
      for (const [name, id] of Object.entries(users))
        line = line.replaceAll(id, name).replaceAll(encodeURIComponent(id), name);
      lines.push(line.replaceAll(uuid, 'uuid').replaceAll(cursor, 'cursor').replaceAll(epoch, 'epoch'));
    },
  };
};

// What stands around the first character that differs.
const excerpt = (line: string | undefined, of: string | undefined): string => {
  if (line === undefined) return 'nothing';
  const index = [...line].findIndex((character, n) => character !== of?.[n]);
  return line.slice(Math.max(0, index - 60), index + 60);
};

/** Says what is different in the first line that is not as expected. */
export const differenceOf = (lines: readonly string[], expected: readonly string[]): string[] => {
  const index = Array.from({ length: Math.max(lines.length, expected.length) }).findIndex(
    (_, n) => lines[n] !== expected[n],
  );
  if (index < 0) return [];
  const [is, was] = [lines[index], expected[index]];
  return [`${is?.split(': ')[0]}: ${excerpt(is, was)} instead of ${excerpt(was, is)}`];
};
