import { isDeepStrictEqual } from 'node:util';
import type { Answer } from './client.ts';

const longestExcerpt = 400;

/** A text as far as it fits into a report. */
export const excerpt = (text: string): string =>
  text.length > longestExcerpt ? `${text.slice(0, longestExcerpt)}… (${text.length} characters)` : text;

const shown = (value: unknown): string => excerpt(JSON.stringify(value) ?? 'nothing');

/** An answer in one line: its status and its body. */
export const shownAnswer = ({ status, text }: Answer): string => `${status} ${excerpt(text)}`.trim();

/** What a clause demands and a server does not do. */
export class Unmet extends Error {
  readonly expected: string;
  readonly got: string;
  /** The request whose answer it was. */
  readonly request: string | undefined;

  constructor(answer: Answer | undefined, expected: string, got?: string) {
    super(`expected ${expected}`);
    this.name = 'Unmet';
    this.expected = expected;
    this.got = got ?? (answer === undefined ? 'nothing' : shownAnswer(answer));
    this.request = answer?.request;
  }
}

/** Demands that something holds of an answer. @throws Unmet */
export function demand(answer: Answer | undefined, holds: unknown, expected: string, got?: string): asserts holds {
  if (!holds) throw new Unmet(answer, expected, got);
}

/** Demands one of some statuses. @throws Unmet */
export const demandStatus = (answer: Answer, ...statuses: number[]): void =>
  demand(answer, statuses.includes(answer.status), `status ${statuses.join(' or ')}`);

/** Demands a value, and says both. @throws Unmet */
export const demandSame = (answer: Answer | undefined, what: string, got: unknown, wanted: unknown): void =>
  demand(answer, isDeepStrictEqual(got, wanted), `${what} to be ${shown(wanted)}`, `${what} ${shown(got)}`);

/** Demands a header. @returns its value @throws Unmet */
export const demandHeader = (answer: Answer, name: string, form = /./, meaning = ''): string => {
  const value = answer.headers[name.toLowerCase()];
  const expected = `a header ${name}${meaning && `: ${meaning}`}`;
  demand(answer, value !== undefined && form.test(value), expected, `${name}: ${value ?? '(not there)'}`);
  return value;
};

/** What a refusal says of single fields. */
export const faultsOf = ({ json }: Answer): { field?: unknown; message?: unknown }[] => {
  const errors = (json as { errors?: unknown } | undefined)?.errors;
  return Array.isArray(errors) ? errors : [];
};

/** Demands a refusal with a status, and that its `errors` name the given fields. @throws Unmet */
export const demandRefusal = (answer: Answer, status: number, ...fields: string[]): void => {
  demandStatus(answer, status);
  const named = faultsOf(answer).map(({ field }) => field);
  for (const field of fields) demand(answer, named.includes(field), `\`errors\` to name the field ${field}`);
};
