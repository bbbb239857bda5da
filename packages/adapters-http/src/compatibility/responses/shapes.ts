import { STATUS_CODES } from 'node:http';
import { linkHeader } from '../../tasks/pages/links.ts';
import { asParameters } from '../../tasks/schemas/list-query.ts';
import type { CompatibilitySettings } from '../settings.ts';

/** A response before it is sent. */
export interface Sent {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/** What a response is to. */
export interface Asked {
  readonly method: string;
  /** Whether it is the list of tasks. */
  readonly isList: boolean;
  /** Whether the contract answers in an envelope. */
  readonly isEnveloped: boolean;
  readonly query: Readonly<Record<string, unknown>>;
  /** The contract's headers. */
  header(name: string): string | undefined;
}

interface Envelope {
  readonly success: boolean;
  readonly data?: unknown;
  readonly error?: string;
  readonly detail?: string;
  readonly meta?: { next_cursor?: string | null; total?: number; cursor?: string; has_more?: boolean };
}

const isEnvelope = (body: unknown): body is Envelope =>
  typeof body === 'object' && body !== null && typeof (body as { success?: unknown }).success === 'boolean';

const nextLink = ({ query }: Asked, cursor: string | null | undefined): string => {
  const { cursor: _cursor, offset: _offset, ...rest } = query;
  return linkHeader('', asParameters(rest), { next: cursor ? { cursor } : undefined });
};

const toProblem = ({ success: _success, error, detail, ...rest }: Envelope, status: number): Sent => ({
  status,
  body: { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail: detail ?? error, ...rest },
  headers: { 'content-type': 'application/problem+json; charset=utf-8' },
});

const toBare = (body: Envelope, status: number, asked: Asked): Sent => {
  if (!body.success) return toProblem(body, status);
  const { data, meta } = body;
  if (data === undefined) return { status: 204, body: undefined, headers: {} };
  if (meta?.has_more !== undefined) return { status, body: { changes: data, ...meta }, headers: {} };
  if (meta === undefined) return { status, body: data, headers: {} };
  const total = meta.total === undefined ? {} : { 'x-total-count': String(meta.total) };
  return { status, body: data, headers: { link: nextLink(asked, meta.next_cursor), ...total } };
};

const cursorIn = (link: string | undefined): string | null => {
  const [, query = ''] = /<[^>?]*\?([^>]*)>;\s*rel="next"/.exec(link ?? '') ?? [];
  return new URLSearchParams(query).get('cursor');
};

const pageOf = (body: unknown, asked: Asked) => {
  if (isEnvelope(body)) {
    const { next_cursor = null, total } = body.meta ?? {};
    return { tasks: body.data, total, next_cursor };
  }
  const total = asked.header('x-total-count');
  return {
    tasks: body,
    total: total === undefined ? undefined : Number(total),
    next_cursor: cursorIn(asked.header('link')),
  };
};

/** Whether lists are answered with the number of tasks on all pages. */
export const showsTotal = (settings: CompatibilitySettings): boolean =>
  settings.has('tasks') || settings.has('items') || settings.has('data-tasks');

const toList = (body: unknown, asked: Asked, settings: CompatibilitySettings): unknown => {
  const { tasks, total, next_cursor } = pageOf(body, asked);
  if (settings.has('tasks')) return { tasks, count: total, total, next_cursor };
  if (settings.has('items')) return { items: tasks, total, next_cursor };
  return { success: true, data: { tasks, total, next_cursor } };
};

const deletedMessage = 'The task is deleted.';

/** Returns a response in the shape of the settings. */
export const shaped = (sent: Sent, asked: Asked, settings: CompatibilitySettings): Sent => {
  const { status, body } = sent;
  const isDeleted = asked.method === 'DELETE' && status < 300;
  if (isDeleted && settings.has('delete-json'))
    return { status: 200, body: { ...(body as object), success: true, message: deletedMessage }, headers: {} };
  if (asked.isList && status === 200 && showsTotal(settings))
    return { status, body: toList(body, asked, settings), headers: {} };
  if (settings.has('bare') && asked.isEnveloped && isEnvelope(body)) return toBare(body, status, asked);
  return sent;
};
