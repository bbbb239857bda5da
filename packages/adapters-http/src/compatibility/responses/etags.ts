import { createHash } from 'node:crypto';
import type { CompatibilitySettings } from '../settings.ts';

/** Tells the ETags of translated responses from those of others. */
export interface EtagMark {
  /** Returns the ETag of a translated response. */
  marked(etag: string): string;
  /** Returns the ETags of `If-None-Match` without the mark; those of another shape match nothing any more. */
  known(header: string): string;
  /** Returns the ETags of `If-Match` without the mark. */
  expected(header: string): string;
}

const tags = /"([^"]*)"/g;

/** Makes the mark of these settings. */
export const makeEtagMark = (settings: CompatibilitySettings): EtagMark => {
  const names = [...settings].sort().join();
  const mark = `~${createHash('sha256').update(names).digest('base64url').slice(0, 6)}`;
  const without = (tag: string) => (tag.endsWith(mark) ? tag.slice(0, -mark.length) : undefined);
  return {
    marked: (etag) => etag.replace(/"$/, `${mark}"`),
    known: (header) => header.replace(tags, (_, tag: string) => `"${without(tag) ?? `${tag}~`}"`),
    expected: (header) => header.replace(tags, (_, tag: string) => `"${without(tag) ?? tag}"`),
  };
};
