import { isObject } from '@taskward/domain';
import { needsTotal } from '../responses/shapes.ts';
import type { CompatibilitySettings } from '../settings.ts';
import { translatedBody } from './bodies.ts';
import { translatedQuery } from './queries.ts';
import type { Use } from './use.ts';

/** A request on tasks, before it is validated. */
export interface ParsedRequest {
  readonly method: string;
  /** The path of the route under that of the collection, such as `/:id/complete`. */
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  /** The user whose tasks the request is about. */
  readonly owner: string;
}

/** The same request in the contract's spelling. */
export interface TranslatedRequest {
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly uses: readonly Use[];
}

type Translate = (request: ParsedRequest, settings: CompatibilitySettings) => TranslatedRequest | undefined;

// What the responses of the settings need, and what they say of tasks without a priority.
const forResponses = (query: ParsedRequest['query'], settings: CompatibilitySettings): ParsedRequest['query'] => {
  const { count, priority } = query;
  const words = settings.has('priority-medium') && typeof priority === 'string' ? priority.split(',') : [];
  return {
    ...query,
    ...(count === undefined && needsTotal(settings) && { count: 'true' }),
    ...(words.includes('medium') && { priority: [...new Set([...words, 'none'])].join(',') }),
  };
};

const list: Translate = ({ query, body }, settings) => {
  const translated = translatedQuery(query, settings);
  if (settings.size === 0) return translated && { body, ...translated };
  return { body, query: forResponses(translated?.query ?? query, settings), uses: translated?.uses ?? [] };
};

const writing =
  (isNew: boolean): Translate =>
  ({ query, body, owner }, settings) => {
    const translated = isObject(body) ? translatedBody(body, { isNew, owner }, settings) : undefined;
    return translated && { query, ...translated };
  };

const completionParameters = ['completed', 'is_completed'];

const changing = writing(false);
const withoutExtraFields = (settings: CompatibilitySettings): CompatibilitySettings =>
  new Set([...settings].filter((one) => one !== 'extra-fields'));

// `PATCH …/complete?completed=true`: what the contract has in the body.
const completing: Translate = (request, settings) => {
  const { query, body } = request;
  const name = completionParameters.find((one) => query[one] === 'true' || query[one] === 'false');
  const isEmpty = body === null || body === undefined || (isObject(body) && Object.keys(body).length === 0);
  if (name === undefined || !isEmpty) return isEmpty ? undefined : changing(request, withoutExtraFields(settings));
  const { [name]: text, ...rest } = query;
  return { query: rest, body: { completed: text === 'true' }, uses: [{ sent: `?${name}`, contract: 'completed' }] };
};

const translations = new Map<string, Translate>([
  ['GET ', list],
  ['HEAD ', list],
  ['POST ', writing(true)],
  ['PUT /:id', changing],
  ['PATCH /:id', changing],
  ['PATCH /:id/complete', completing],
]);

/**
 * Makes the translation of queries and bodies. What it does not know stays as it is, for validation to reject.
 * @returns a function that returns `undefined` if there is nothing to translate. It throws DomainError `request/invalid`
 * where two spellings of one thing have different values
 */
export const makeRequestTranslation =
  (settings: CompatibilitySettings) =>
  (request: ParsedRequest): TranslatedRequest | undefined =>
    translations.get(`${request.method} ${request.path}`)?.(request, settings);
