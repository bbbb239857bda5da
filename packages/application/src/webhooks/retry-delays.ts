const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** Milliseconds between the ten attempts of a delivery, about three days in all. */
export const retryDelays: readonly number[] = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
];

// A receiver cannot put its events off beyond their retention.
const longestWait = 24 * hour;

/**
 * Returns the milliseconds until the next attempt, up to a tenth more than the plan so that what failed together is not
 * repeated together, and as long as the receiver asks for; `undefined` after the last attempt.
 * @param attempt which attempt has failed, from 1
 * @param retryAfter milliseconds that the receiver asks for
 * @param random at least 0 and less than 1
 */
export const retryDelay = (attempt: number, retryAfter: number | undefined, random: number): number | undefined => {
  const planned = retryDelays[attempt - 1];
  if (planned === undefined) return undefined;
  const asked = retryAfter === undefined || retryAfter < longestWait ? (retryAfter ?? 0) : longestWait;
  const wait = asked > planned ? asked : planned;
  return wait + (wait * random) / 10;
};
