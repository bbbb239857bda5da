import { isDeepStrictEqual } from 'node:util';
import type { Response_ } from './response.ts';

const longestExcerpt = 400;

/** A text as far as it fits into a report. */
export const excerpt = (text: string): string =>
  text.length > longestExcerpt ? `${text.slice(0, longestExcerpt)}… (${text.length} characters)` : text;

const shown = (value: unknown): string => excerpt(JSON.stringify(value) ?? 'nothing');

/** An answer in one line: its status and its body. */
export const shownResponse = ({ status, text }: Response_): string => `${status} ${excerpt(text)}`.trim();

/** What a clause demands and a server does not do. */
export class Unmet extends Error {
  readonly expected: string;
  readonly got: string;
  /** The request whose answer it was. */
  readonly request: string | undefined;

  constructor(response: Response_ | undefined, expected: string, got?: string) {
    super(`expected ${expected}`);
    this.name = 'Unmet';
    this.expected = expected;
    this.got = got ?? (response === undefined ? 'nothing' : shownResponse(response));
    this.request = response?.request;
  }
}

/** Demands that something holds of an answer. @throws Unmet */
export function demand(response: Response_ | undefined, holds: unknown, expected: string, got?: string): asserts holds {
  if (!holds) throw new Unmet(response, expected, got);
}

/** Demands one of some statuses. @throws Unmet */
export const demandStatus = (response: Response_, ...statuses: number[]): void =>
  demand(response, statuses.includes(response.status), `status ${statuses.join(' or ')}`);

/** Demands a value, and says both. @throws Unmet */
export const demandSame = (response: Response_ | undefined, what: string, got: unknown, wanted: unknown): void =>
  demand(response, isDeepStrictEqual(got, wanted), `${what} to be ${shown(wanted)}`, `${what} ${shown(got)}`);

/** Demands a header. @returns its value @throws Unmet */
export const demandHeader = (response: Response_, name: string, form = /./, meaning = ''): string => {
  const value = response.headers[name.toLowerCase()];
  const expected = `a header ${name}${meaning && `: ${meaning}`}`;
  demand(response, value !== undefined && form.test(value), expected, `${name}: ${value ?? '(not there)'}`);
  return value;
};

/** What a refusal says of single fields. */
export const faultsOf = ({ json }: Response_): { field?: unknown; message?: unknown }[] => {
  const errors = (json as { errors?: unknown } | undefined)?.errors;
  return Array.isArray(errors) ? errors : [];
};

/** Demands a refusal with a status, and that its `errors` name the given fields. @throws Unmet */
export const expectError = (response: Response_, status: number, ...fields: string[]): void => {
  demandStatus(response, status);
  const named = faultsOf(response).map(({ field }) => field);
  for (const field of fields) demand(response, named.includes(field), `\`errors\` to name the field ${field}`);
};
