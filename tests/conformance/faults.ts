import { claimsOf, now } from '@taskward/conformance';
import { plantedInChanges } from './change-faults.ts';
import { plantedInLists } from './list-faults.ts';
import { plantedInPlanning } from './planning-faults.ts';
import {
  asking,
  bodyOf,
  changing,
  matching,
  type Planted,
  refusing,
  resigned,
  responding,
  tokenOf,
  withBody,
  withoutHeader,
} from './plant.ts';
import type { Fault } from './planted-server.ts';
import { plantedInRecurrence } from './recurrence-faults.ts';

const known = [
  ...['title', 'description', 'completed', 'priority', 'tags', 'due_date', 'repeat', 'reminders', 'metadata'],
  ...['add_tags', 'remove_tags', 'scope', 'occurrence'],
];
const isOneTask = (url: string) => /\/tasks\/\d+$/.test(url);
const isTasks = (url: string) => /\/tasks(\/\d+(\/complete)?)?$/.test(url);

// Remembers who created which id, to give away that another user's exists.
const leakingForeignTasks = (): Fault => {
  const creators = new Map<string, Set<string>>();
  return async (asked, forward) => {
    const responded = await forward(asked);
    const id = (bodyOf(responded)?.data as { id?: number } | undefined)?.id;
    const token = tokenOf(asked);
    if (responded.status === 201) creators.set(String(id), (creators.get(String(id)) ?? new Set()).add(token));
    const [, wanted = ''] = /\/tasks\/(\d+)(?:\/complete)?$/.exec(asked.url) ?? [];
    const others = creators.get(wanted);
    const isForeign = responded.status === 404 && others !== undefined && !others.has(token);
    return isForeign ? refusing(403, { success: false, error: 'That is not your task.' }) : responded;
  };
};

// What a server does that takes a number of tasks to skip for a position.
const skippingByCursor: Fault = async (asked, forward) => {
  const url = new URL(asked.url, 'http://server');
  const { searchParams } = url;
  const [, skipped] = /^o(\d+)$/.exec(searchParams.get('cursor') ?? '') ?? [];
  if (asked.method !== 'GET' || !url.pathname.endsWith('/tasks') || searchParams.has('offset')) return forward(asked);
  if (skipped !== undefined) {
    searchParams.delete('cursor');
    searchParams.set('offset', skipped);
  }
  const responded = await forward({ ...asked, url: `${url.pathname}${url.search}` });
  const body = bodyOf(responded);
  const meta = body?.meta as { limit: number; next_cursor: string | null } | undefined;
  if (typeof meta?.next_cursor !== 'string') return responded;
  const next_cursor = `o${Number(skipped ?? 0) + meta.limit}`;
  return { ...responded, body: Buffer.from(JSON.stringify({ ...body, meta: { ...meta, next_cursor } })) };
};

/** All of several faults at once. */
export const combined = (faults: readonly Fault[]): Fault =>
  faults.reduceRight<Fault>(
    (inner, outer) => (asked, forward) => outer(asked, (passed) => inner(passed, forward)),
    (asked, forward) => forward(asked),
  );

/** Ways in which backends of this kind go wrong. */
export const planted: Readonly<Record<string, Planted>> = {
  ...plantedInChanges,
  ...plantedInPlanning,
  ...plantedInRecurrence,
  ...plantedInLists,
  'CORS headers are missing on errors': {
    style: 'envelope',
    fault: responding((responded) =>
      responded.status < 400
        ? responded
        : { ...responded, headers: matching(responded.headers, (name) => !name.startsWith('access-control-')) },
    ),
    breaks: ['cors.errors', 'cors.open-paths'],
  },
  'every origin is allowed': {
    style: 'bare',
    fault: responding((responded, { headers: { origin } }) =>
      origin === undefined
        ? responded
        : { ...responded, headers: { ...responded.headers, 'access-control-allow-origin': origin } },
    ),
    breaks: ['cors.unlisted', 'cors.preflight-unlisted'],
  },
  'a preflight is asked for a token': {
    style: 'envelope',
    fault: async (asked, forward) => {
      if (asked.method !== 'OPTIONS') return forward(asked);
      return refusing(401, { success: false, error: 'No token was sent.' });
    },
    breaks: ['cors.preflight'],
  },
  'PATCH wipes what it does not name': {
    style: 'bare',
    fault: asking((asked) => {
      const body = bodyOf(asked);
      const isPatch = asked.method === 'PATCH' && isOneTask(asked.url) && body !== undefined;
      return isPatch && Object.keys(body).length > 0
        ? withBody(asked, { description: null, completed: false, ...body })
        : asked;
    }),
    breaks: ['updates.patch-keeps-absent', 'planning.completed-at'],
  },
  'unknown fields are dropped': {
    style: 'envelope',
    fault: asking((asked) => {
      const body = bodyOf(asked);
      if (body === undefined || asked.method === 'DELETE' || !isTasks(asked.url)) return asked;
      const kept = Object.entries(body).filter(([name, value]) => known.includes(name) || typeof value === 'object');
      return withBody(asked, Object.fromEntries(kept));
    }),
    breaks: ['updates.unknown-field', 'updates.nearest-field', 'errors.all-faults'],
  },
  'times have no zone': {
    style: 'bare',
    fault: responding((responded) => ({
      ...responded,
      body: Buffer.from(responded.body.toString().replaceAll(/("(?:created|updated|completed)_at":"[^"]*)Z"/g, '$1"')),
    })),
    breaks: ['tasks.times', 'planning.sent-back'],
  },
  'titles are counted in UTF-16': {
    style: 'envelope',
    fault: async (asked, forward) => {
      const title = bodyOf(asked)?.title;
      if (typeof title !== 'string' || title.trim().length <= 200) return forward(asked);
      const errors = [{ field: 'title', message: 'is too long' }];
      return refusing(422, { success: false, error: 'The title is too long.', code: 'request/invalid', errors });
    },
    breaks: ['tasks.title-200'],
  },
  'a limit is silently capped': {
    style: 'bare',
    fault: asking((asked) => ({ ...asked, url: asked.url.replace(/limit=\d{4,}|limit=50[1-9]/, 'limit=500') })),
    breaks: ['list.limit-over-500', 'changes.limit', 'limits.hold'],
  },
  'a cursor is a number of tasks to skip': {
    style: 'envelope',
    fault: skippingByCursor,
    breaks: ['paging.stable', 'paging.cursor-of-another-query', 'sort.cursor-of-another'],
  },
  'nothing is ever 304': {
    style: 'bare',
    fault: asking((asked) => withoutHeader(asked, 'if-none-match')),
    breaks: [
      'conditional.task-304',
      'conditional.list-304',
      'changes.etag',
      'tags.list',
      'summary.etag',
      'limits.public',
    ],
  },
  'If-Match is ignored': {
    style: 'envelope',
    fault: asking((asked) => withoutHeader(asked, 'if-match')),
    breaks: [
      'conditional.if-match-stale',
      'conditional.current',
      'conditional.if-match-weak',
      'codes.task-stale',
      'trash.restore-if-match',
    ],
  },
  'Idempotency-Key is ignored': {
    style: 'bare',
    fault: asking((asked) => withoutHeader(asked, 'idempotency-key')),
    breaks: [
      'retries.create',
      'retries.replayed-header',
      'retries.patch',
      'retries.mismatch',
      'retries.parallel',
      'retries.key-form',
      'batch.retry',
      'undo.retry',
      'codes.idempotency-mismatch',
    ],
  },
  'a session token signs in': {
    style: 'envelope',
    fault: asking((asked) => {
      const token = tokenOf(asked);
      return token === '' || token.includes('.') ? asked : resigned(asked, { sub: 'somebody' });
    }),
    breaks: ['auth.session-token', 'cookie.header-first'],
  },
  'a 401 has no challenge': {
    style: 'bare',
    fault: responding((responded) => ({
      ...responded,
      headers: matching(responded.headers, (name) => name !== 'www-authenticate'),
    })),
    breaks: ['auth.challenge'],
  },
  'an unsigned token is believed': {
    style: 'envelope',
    fault: asking((asked) => {
      const [header = ''] = tokenOf(asked).split('.');
      const isUnsigned = /"alg":"none"/i.test(Buffer.from(header, 'base64url').toString());
      return isUnsigned ? resigned(asked, claimsOf(tokenOf(asked))) : asked;
    }),
    breaks: ['auth.alg-none'],
  },
  'exp is not looked at': {
    style: 'bare',
    fault: asking((asked) => {
      const token = tokenOf(asked);
      if (token.split('.').length !== 3 || !token.startsWith('eyJ')) return asked;
      const claims = claimsOf(token);
      return Number(claims.exp) < now() - 60 ? resigned(asked, claims) : asked;
    }),
    breaks: ['auth.expired'],
  },
  'another user’s task is forbidden, not missing': {
    style: 'envelope',
    fault: leakingForeignTasks(),
    breaks: ['auth.foreign-task'],
  },
  'a slash at the end is redirected': {
    style: 'bare',
    fault: async (asked, forward) => {
      const [path = '', query] = asked.url.split('?');
      if (!path.endsWith('/')) return forward(asked);
      const location = `${path.slice(0, -1)}${query === undefined ? '' : `?${query}`}`;
      return { status: 307, headers: { location }, body: Buffer.alloc(0) };
    },
    breaks: ['paths.slash', 'paths.open-slash'],
  },
  'another method is a path that is not there': {
    style: 'envelope',
    fault: responding((responded) => (responded.status === 405 ? { ...responded, status: 404 } : responded)),
    breaks: ['errors.method'],
  },
  'failures have no detail': {
    style: 'envelope',
    fault: changing(/^/, (body) => {
      if (body.success === false) delete body.detail;
    }),
    breaks: ['errors.body'],
  },
  'errors have no request id': {
    style: 'bare',
    fault: responding((responded) =>
      responded.status < 400
        ? responded
        : { ...responded, headers: matching(responded.headers, (name) => name !== 'x-request-id') },
    ),
    breaks: ['errors.request-id'],
  },
};
