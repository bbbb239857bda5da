import type { Failure } from './fuzz.ts';

/** A fault that is known and is being mended: what it is, and how it is told from others. */
export interface KnownFault {
  readonly why: string;
  is(failure: Failure): boolean;
}

/** Faults that do not fail the run. An entry goes when its fault is mended: then the run would find it again. */
export const knownFaults: readonly KnownFault[] = [];
