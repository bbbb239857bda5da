import type { CompatibilitySettings } from '../settings.ts';

/** One use of a spelling that is not the contract's. Both names come from closed tables, never from the request. */
export interface Use {
  /** What was sent, such as `sort_by`. */
  readonly sent: string;
  /** What the contract calls it, such as `sort`. */
  readonly contract: string;
}

/** A request on tasks, before it is validated. */
export interface ParsedRequest {
  readonly method: string;
  /** The path of the route under that of the collection, such as `/:id/complete`. */
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** The same request in the contract's spelling. */
export interface TranslatedRequest {
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly uses: readonly Use[];
}

/**
 * Makes the translation of queries and bodies. What it does not know stays as it is, for validation to reject.
 * @returns a function that returns `undefined` if there is nothing to translate. It throws DomainError `request/invalid`
 * where two spellings of one thing have different values
 */
export const makeRequestTranslation =
  (_settings: CompatibilitySettings): ((request: ParsedRequest) => TranslatedRequest | undefined) =>
  () =>
    undefined;
