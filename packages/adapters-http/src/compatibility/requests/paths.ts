import type { Use } from './use.ts';

/** The contract's URL for one that another backend has, and the spellings that differ. */
export interface TranslatedUrl {
  readonly url: string;
  readonly uses: readonly Use[];
}

// Every URL that may have to be translated has one of these; the contract's own do not, but for users called so.
const candidate = /^\/api\/(?:v1|users|todos)\/?|\/(?:todos|filtered|search|status|toggle)(?:[/?#]|$)/;

const collections = new Set(['tasks', 'todos']);

const reads = new Set(['GET', 'HEAD', 'OPTIONS']);
const changes = new Set(['PATCH', 'PUT', 'OPTIONS']);

/** Takes off a version and `users`, where the rest is a collection or a user's. */
const withoutPrefix = (segments: readonly string[], uses: Use[]): readonly string[] => {
  let rest = segments;
  const [, second = '', third = '', fourth = ''] = segments;
  const isVersioned =
    collections.has(second) || collections.has(third) || (second === 'users' && collections.has(fourth));
  if (segments[0] === 'v1' && isVersioned) {
    uses.push({ sent: '/api/v1', contract: '/api' });
    rest = segments.slice(1);
  }
  // No task has the id `tasks`.
  if (rest[0] === 'users' && collections.has(rest[2] ?? '')) {
    uses.push({ sent: '/api/users/{user_id}', contract: '/api/{user_id}' });
    rest = rest.slice(1);
  }
  return rest;
};

/** Calls the collection `tasks`. A user called `todos` has `/api/todos/tasks`. */
const withCollection = ([first = '', second, ...rest]: readonly string[], uses: Use[]): readonly string[] => {
  const others = second === undefined ? [] : [second, ...rest];
  if (first === 'todos' && second !== 'tasks') {
    uses.push({ sent: '/todos', contract: '/tasks' });
    return ['tasks', ...others];
  }
  if (second === 'todos' && first !== 'tasks') {
    uses.push({ sent: '/todos', contract: '/tasks' });
    return [first, 'tasks', ...rest];
  }
  return [first, ...others];
};

// A tag may be called `status` or `toggle`: `/tags/toggle` is a path of the contract.
const taskId = /^\d+$/;

const withoutTail = (method: string, tail: readonly string[], uses: Use[]): readonly string[] => {
  const [first = '', second, ...more] = tail.at(-1) === '' ? tail.slice(0, -1) : tail;
  if (second === undefined && (first === 'filtered' || first === 'search') && reads.has(method)) {
    uses.push({ sent: `/tasks/${first}`, contract: '/tasks' });
    return [];
  }
  if (more.length > 0 || !changes.has(method) || !taskId.test(first)) return tail;
  if (second === 'status') {
    uses.push({ sent: '/tasks/{id}/status', contract: '/tasks/{id}' });
    return [first];
  }
  if (second === 'toggle') {
    uses.push({ sent: '/tasks/{id}/toggle', contract: '/tasks/{id}/complete' });
    return [first, 'complete'];
  }
  return tail;
};

/**
 * Returns the contract's URL for one that another backend has; `undefined` if there is nothing to translate. It only takes
 * segments away or replaces them: who may act for the owner in the path is checked afterwards, as ever.
 * @param url a path with its query, not decoded
 */
export const translatedUrl = (method: string, url: string): TranslatedUrl | undefined => {
  if (!candidate.test(url)) return undefined;
  const end = url.search(/[?#]/);
  const path = end < 0 ? url : url.slice(0, end);
  const [root, api, ...segments] = path.split('/');
  if (root !== '' || api !== 'api') return undefined;
  const uses: Use[] = [];
  const named = withCollection(withoutPrefix(segments, uses), uses);
  const start = named[0] === 'tasks' ? 1 : named[1] === 'tasks' ? 2 : undefined;
  if (start === undefined) return undefined;
  const translated = [...named.slice(0, start), ...withoutTail(method, named.slice(start), uses)];
  if (uses.length === 0) return undefined;
  return { url: `/api/${translated.join('/')}${end < 0 ? '' : url.slice(end)}`, uses };
};
