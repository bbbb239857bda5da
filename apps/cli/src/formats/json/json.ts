import { escapeUnsafe } from '../../output/escape.ts';

/** A value as JSON in one line that is safe to look at, and means the same. */
export const toJson = (value: unknown): string => escapeUnsafe(JSON.stringify(value));
