/** A name's count in its current window. */
export interface Count {
  /** How many more calls the window allows. */
  readonly remaining: number;
  /** Whole seconds until the window ends, rounded up. */
  readonly ttlInSeconds: number;
  /** Whether this call exceeds the limit. */
  readonly isExceeded: boolean;
}

/** Counts calls by name, in windows of fixed length that start with a name's first call. */
export interface RateCounter {
  /** Counts a call. Rejects if the counter cannot be reached. */
  count(name: string): Count | Promise<Count>;
}
