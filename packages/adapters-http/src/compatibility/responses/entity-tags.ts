import type { IncomingHttpHeaders } from 'node:http';
import { crc32 } from 'node:zlib';
import type { CompatibilitySettings } from '../settings.ts';

/** The ETags of responses that are not the contract's. */
export interface EntityTags {
  /** Returns the tag of a translated response for that of the contract's. */
  translated(etag: string): string;
  /** Replaces the tags in a request's preconditions by the contract's. */
  restore(method: string, headers: IncomingHttpHeaders): void;
}

// The opaque part, and what compressing servers append to it.
const tag = /"([^"]*?)((?:--?|;)(?:gzip|br|zstd|deflate))?"/g;

/**
 * Makes the tags of these settings. A suffix says under which settings a body was made, so that a client never keeps one of
 * another shape after they have changed.
 */
export const makeEntityTags = (settings: CompatibilitySettings): EntityTags => {
  const suffix = `~${crc32([...settings].sort().join()).toString(36)}`;
  const withoutSuffix = (header: string, others: (opaque: string) => string): string =>
    header.replaceAll(tag, (_whole, opaque: string, compression = '') =>
      opaque.endsWith(suffix)
        ? `"${opaque.slice(0, -suffix.length)}${compression}"`
        : `"${others(opaque)}${compression}"`,
    );
  return {
    translated: (etag) => etag.replace(/"$/, `${suffix}"`),
    restore(method, headers) {
      const match = headers['if-match'];
      // A client may make the tag from a task's revision: a write depends on the task, not on the shape of a response.
      if (match !== undefined) headers['if-match'] = withoutSuffix(match, (opaque) => opaque);
      const noneMatch = headers['if-none-match'];
      if (noneMatch === undefined) return;
      const isReading = method === 'GET' || method === 'HEAD';
      headers['if-none-match'] = withoutSuffix(noneMatch, (opaque) => (isReading ? `${opaque}~` : opaque));
    },
  };
};
