import { createHmac } from 'node:crypto';

const shownCharacters = 16;

/**
 * Returns a function that replaces a user's id in traces: always the same text for one user, from which nobody finds the
 * id without the key.
 * @param key the same in every process, so that a user can be followed from one to the next
 */
export const makeUserHash =
  (key: string) =>
  (userId: string): string =>
    createHmac('sha256', `taskward traces ${key}`).update(userId).digest('hex').slice(0, shownCharacters);
