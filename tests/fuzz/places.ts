// Finds the operation of the document that a request's target belongs to.
import type { Document } from '../support/http/openapi-document.ts';

/** Where a target leads. */
export type Place =
  | { readonly kind: 'path'; readonly template: string; readonly isOdd: boolean }
  | { readonly kind: 'docs' | 'nowhere' | 'undecodable' | 'reserved' };

const decoded = (segment: string): string | undefined => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
};

// Everything below /api/tasks has the style that takes the owner from the token.
const matches = (template: string, segments: readonly string[]): boolean => {
  const parts = template.split('/').slice(1);
  return (
    parts.length === segments.length &&
    parts.every((part, at) =>
      part.startsWith('{') ? part !== '{user_id}' || segments[at] !== 'tasks' : part === segments[at],
    )
  );
};

const longestSegment = 3060;

/** Finds the path of the document that a target belongs to. One trailing slash makes no difference. */
export const placeOf = ({ paths }: Document, target: string): Place => {
  const path = (target.replace(/^http:\/\/[^/]*/, '').split(/[?#]/, 1)[0] as string).replace(/(?<=.)\/$/, '');
  if (decoded(path) === undefined) return { kind: 'undecodable' };
  const segments = path
    .split('/')
    .slice(1)
    .map((segment) => decoded(segment) as string);
  // Of several that match, the one whose parameters come later.
  const shapeOf = (one: string) => one.replace(/[^/]+/g, (part) => (part.startsWith('{') ? '1' : '0'));
  const plain = Object.keys(paths).sort((a, b) => (shapeOf(a) < shapeOf(b) ? -1 : 1));
  const template = path.startsWith('/') ? plain.find((one) => matches(one, segments)) : undefined;
  if (template !== undefined) {
    // An empty segment, or one that is longer than any name, may as well be taken for a path that is not there.
    const isOdd =
      segments.some((segment) => segment === '') || path.split('/').some((one) => one.length > longestSegment);
    return { kind: 'path', template, isOdd };
  }
  // These belong to a user called `tasks`, who is sent to the other style once authenticated.
  if (path.startsWith('/') && /^api\/tasks\/tasks\/./.test(segments.join('/'))) return { kind: 'reserved' };
  return { kind: segments[0] === 'docs' || ['/', '/openapi.json'].includes(path) ? 'docs' : 'nowhere' };
};
