/**
 * Whether counts are as high as in CI, `npm run test:full`. Else repetitions that only make a rare fault likelier to be
 * seen are fewer, so that a run takes minutes.
 */
export const isFullScale = process.env.TASKWARD_TEST_SCALE === 'full' || process.env.CI === 'true';

/** How often something is repeated: in full, or on a developer's machine. */
export const scaled = (full: number, quick: number): number => (isFullScale ? full : quick);
