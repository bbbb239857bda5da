import { crc32 } from 'node:zlib';
import { listIdentity, type TaskQuery } from '@taskward/application';
import { type Condition, invalid, type Revisions, type Task, type UserId } from '@taskward/domain';
import type { FastifyRequest } from 'fastify';

// RFC 9110, section 8.8.3: quoted, with neither quotes nor spaces within.
const tag = '(?:W/)?"[\\x21\\x23-\\x7e\\x80-\\xff]*"';
const one = /(?:W\/)?"([\x21\x23-\x7e\x80-\xff]*)"/g;
// Every space and comma can be read in one way only, or a long header could keep the server busy for years.
const several = new RegExp(`^[ \\t]*(?:,[ \\t]*)*${tag}[ \\t]*(?:,[ \\t]*(?:${tag}[ \\t]*)?)*$`);

// What servers that compress put at the end of a tag: Apache `-gzip`, Jetty `--gzip`, others `;gzip`.
const compressed = /(?:--?|;)(?:gzip|br|zstd|deflate)$/;

/**
 * What stands in the tags of a header, or `any` for `*`; `undefined` where it is not sent, or is no list of tags. Whether
 * a tag is weak is not looked at, and what compression added to it is taken off: only intermediaries do either (ADR 25).
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

/** A task's ETag is its revision, so whoever has the task has its tag. */
export const taskTag = ({ revision }: Pick<Task, 'revision'>): string => `"${revision}"`;

/** Whether the client says that it has this task as it is. */
export const isKnown = (request: FastifyRequest, task: Task): boolean => {
  const tags = tagsOf(request.headers['if-none-match']);
  return tags !== undefined && task.isAt(revisionsOf(tags));
};

/**
 * What the client wants to be true before a task is written: `If-Match` and `If-None-Match`.
 * @throws DomainError `request/invalid` for a header that is no list of tags: it was meant to guard something
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

// Names the list that is asked for: the same parameters in another order or written out name the same one. Whoever makes
// up two lists of one name has mixed up two lists of their own.
const listDigest = (owner: UserId, query: TaskQuery): string => {
  const { limit, after = null, offset, count } = query;
  return crc32(JSON.stringify([owner, ...listIdentity(query), limit, after, offset, count])).toString(36);
};

/** A list's ETag: weak, because the same tasks may be found again at a later revision. */
export const listTag = (owner: UserId, query: TaskQuery, revision: number): string =>
  `W/"${revision}-${listDigest(owner, query)}"`;

/** The owner's revisions at which the client says that it knows this list. */
export const knownRevisions = (request: FastifyRequest, owner: UserId, query: TaskQuery): Revisions => {
  const tags = tagsOf(request.headers['if-none-match']) ?? [];
  if (tags === 'any') return 'any';
  const digest = tags.length > 0 ? listDigest(owner, query) : '';
  return tags.flatMap((tag) => {
    const [revision = '', of] = tag.split(/-(.*)/, 2);
    return of === digest && number.test(revision) ? Number(revision) : [];
  });
};
