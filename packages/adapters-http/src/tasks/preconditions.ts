import { crc32 } from 'node:zlib';
import {
  type AskedQuery,
  type ChangePage,
  type ChangePosition,
  changesWithTime,
  listIdentity,
} from '@taskward/application';
import { type Condition, invalid, type Revisions, type Task, type UserId } from '@taskward/domain';
import type { FastifyRequest } from 'fastify';

// RFC 9110, section 8.8.3: quoted, without quotes or spaces inside.
const tag = '(?:W/)?"[\\x21\\x23-\\x7e\\x80-\\xff]*"';
const one = /(?:W\/)?"([\x21\x23-\x7e\x80-\xff]*)"/g;
// Unambiguous for every space and comma, so that a long header causes no catastrophic backtracking.
const several = new RegExp(`^[ \\t]*(?:,[ \\t]*)*${tag}[ \\t]*(?:,[ \\t]*(?:${tag}[ \\t]*)?)*$`);

// Suffixes that compressing servers append to a tag: Apache `-gzip`, Jetty `--gzip`, others `;gzip`.
const compressed = /(?:--?|;)(?:gzip|br|zstd|deflate)$/;

/**
 * Returns the opaque parts of a header's tags, or `any` for `*`; `undefined` if the header is missing or malformed.
 * Ignores whether a tag is weak and removes compression suffixes, as only intermediaries add either (ADR 25).
 */
const tagsOf = (header: string | undefined): string[] | 'any' | undefined => {
  if (header === undefined) return undefined;
  if (header.trim() === '*') return 'any';
  if (!several.test(header)) return undefined;
  return [...header.matchAll(one)].map(([, opaque]) => (opaque as string).replace(compressed, ''));
};

const number = /^(?:0|[1-9]\d{0,15})$/;

const revisionsOf = (tags: string[] | 'any'): Revisions =>
  tags === 'any' ? 'any' : tags.filter((tag) => number.test(tag)).map(Number);

/** Returns a task's ETag: its revision, so that a client can derive it from the task. */
export const taskTag = ({ revision }: Pick<Task, 'revision'>): string => `"${revision}"`;

/** Returns whether the client has the current version of the task. */
export const isKnown = (request: FastifyRequest, task: Task): boolean => {
  const tags = tagsOf(request.headers['if-none-match']);
  return tags !== undefined && task.isAt(revisionsOf(tags));
};

/**
 * Returns the precondition of a write, from `If-Match`, `If-None-Match` and the body's `created_at`.
 * @throws DomainError `request/invalid` for a malformed header, which must not be ignored
 */
export const conditionOf = (request: FastifyRequest): { condition?: Condition } => {
  const tags = (name: 'if-match' | 'if-none-match', field: string) => {
    const header = request.headers[name];
    const found = tagsOf(header);
    if (header !== undefined && found === undefined) {
      throw invalid([{ field, message: 'must be `*` or ETags in double quotes, such as "41"' }]);
    }
    return found;
  };
  const match = tags('if-match', 'If-Match');
  const noneMatch = tags('if-none-match', 'If-None-Match');
  const { createdAt } = request;
  if (match === undefined && noneMatch === undefined && createdAt === null) return {};
  return {
    condition: {
      ...(createdAt !== null && { createdAt }),
      ...(match !== undefined && { match: revisionsOf(match) }),
      ...(noneMatch !== undefined && { noneMatch: revisionsOf(noneMatch) }),
    },
  };
};

// Identifies what is requested. A client that forges a collision only confuses two lists of its own.
const digestOf = (parts: readonly unknown[]): string => crc32(JSON.stringify(parts)).toString(36);

// It is weak, because a later revision may have the same tasks.
const weakTag = (revision: number, digest: string): string => `W/"${revision}-${digest}"`;

// Regardless of the order of parameters and of explicit defaults.
const listDigest = (owner: UserId, query: AskedQuery): string => {
  const { limit, after = null, offset, count } = query;
  return digestOf([owner, ...listIdentity(query), limit, after, offset, count]);
};

/** Returns a list's ETag, or `undefined` for one that changes as time goes by. */
export const listTag = (owner: UserId, query: AskedQuery, revision: number): string | undefined =>
  changesWithTime(query) ? undefined : weakTag(revision, listDigest(owner, query));

/** Returns the ETag of a page of changes. The account's epoch is in it, because another one counts from 0 again. */
export const changesTag = (
  owner: UserId,
  { since = null, limit }: { since?: ChangePosition | null; limit: number },
  { next, revision }: ChangePage,
): string => weakTag(revision, digestOf([owner, 'changes', since, limit, next.epoch]));

/** Returns whether the client has what this weak ETag identifies. */
export const isKnownTag = (request: FastifyRequest, etag: string): boolean => {
  const tags = tagsOf(request.headers['if-none-match']) ?? [];
  return tags === 'any' || tags.includes(etag.slice('W/"'.length, -1));
};

/** Returns the ETag of what is the same for everybody. */
export const publicTag = (content: unknown): string => `W/"${digestOf([content])}"`;

/** Returns the ETag of what is read as a whole, and may change as time goes by. */
export const contentTag = (owner: UserId, path: string, revision: number, content: unknown): string =>
  weakTag(revision, digestOf([owner, path, content]));

/** Returns the owner's revisions at which the client has this list. */
export const knownRevisions = (request: FastifyRequest, owner: UserId, query: AskedQuery): Revisions => {
  const tags = tagsOf(request.headers['if-none-match']) ?? [];
  if (tags === 'any') return 'any';
  const digest = tags.length > 0 ? listDigest(owner, query) : '';
  return tags.flatMap((tag) => {
    const [revision = '', tagDigest] = tag.split(/-(.*)/, 2);
    return tagDigest === digest && number.test(revision) ? Number(revision) : [];
  });
};
