import { isDeepStrictEqual } from 'node:util';
import type { HttpResponse } from './http-messages.ts';

const maxExcerptLength = 400;

/** Shortens a text for a report. */
const excerpt = (text: string): string =>
  text.length > maxExcerptLength ? `${text.slice(0, maxExcerptLength)}… (${text.length} characters)` : text;

const shown = (value: unknown): string => excerpt(JSON.stringify(value) ?? 'nothing');

/** Formats a response in one line: its status and body. */
const shownResponse = ({ status, text }: HttpResponse): string => `${status} ${excerpt(text)}`.trim();

/** Thrown when a server does not do what a clause demands. */
export class Unmet extends Error {
  readonly expected: string;
  readonly got: string;
  /** The request whose response failed the check. */
  readonly request: string | undefined;

  constructor(response: HttpResponse | undefined, expected: string, got?: string) {
    super(`expected ${expected}`);
    this.name = 'Unmet';
    this.expected = expected;
    this.got = got ?? (response === undefined ? 'nothing' : shownResponse(response));
    this.request = response?.request;
  }
}

/** Demands that a condition holds for a response. @throws Unmet */
export function demand(
  response: HttpResponse | undefined,
  holds: unknown,
  expected: string,
  got?: string,
): asserts holds {
  if (!holds) throw new Unmet(response, expected, got);
}

/** Demands one of the given statuses. @throws Unmet */
export const demandStatus = (response: HttpResponse, ...statuses: number[]): void =>
  demand(response, statuses.includes(response.status), `status ${statuses.join(' or ')}`);

/** Demands a value; the error names both values. @throws Unmet */
export const demandSame = (response: HttpResponse | undefined, what: string, got: unknown, wanted: unknown): void =>
  demand(response, isDeepStrictEqual(got, wanted), `${what} to be ${shown(wanted)}`, `${what} ${shown(got)}`);

/** Demands a header and returns its value. @throws Unmet */
export const demandHeader = (response: HttpResponse, name: string, form = /./, meaning = ''): string => {
  const value = response.headers[name.toLowerCase()];
  const expected = `a header ${name}${meaning && `: ${meaning}`}`;
  demand(response, value !== undefined && form.test(value), expected, `${name}: ${value ?? '(not there)'}`);
  return value;
};

/** Returns the faults of single fields that an error response lists. */
export const faultsOf = ({ json }: HttpResponse): { field?: unknown; message?: unknown }[] => {
  const errors = (json as { errors?: unknown } | undefined)?.errors;
  return Array.isArray(errors) ? errors : [];
};

/** Demands an error response with a status, whose `errors` name the given fields. @throws Unmet */
export const expectError = (response: HttpResponse, status: number, ...fields: string[]): void => {
  demandStatus(response, status);
  const named = faultsOf(response).map(({ field }) => field);
  for (const field of fields) demand(response, named.includes(field), `\`errors\` to name the field ${field}`);
};

/** Demands a 422 whose `errors` name a field or something in it, such as `tags.0`. @throws Unmet */
export const expectErrorWithin = (response: HttpResponse, field: string): void => {
  demandStatus(response, 422);
  const isNamed = faultsOf(response).some(({ field: named }) => String(named).split('.')[0] === field);
  demand(response, isNamed, `\`errors\` to name the field ${field}`);
};
