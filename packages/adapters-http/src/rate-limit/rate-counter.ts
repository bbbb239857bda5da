/** A name's count in its current window. */
export interface Count {
  /** How many more calls the window allows. */
  readonly remaining: number;
  /** Whole seconds until the window ends, rounded up. */
  readonly ttlInSeconds: number;
  /** Whether this call was one too many. */
  readonly isExceeded: boolean;
}

/** Counts calls by name, in windows of fixed length that begin with a name's first call. */
export interface RateCounter {
  /** Counts one more call under a name. Rejects when the counter cannot be reached. */
  count(name: string): Count | Promise<Count>;
}
