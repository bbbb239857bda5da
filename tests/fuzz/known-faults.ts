import type { KnownFault } from './fuzz.ts';

/** Faults that do not fail the run. An entry goes when its fault is mended: then the run would find it again. */
export const knownFaults: readonly KnownFault[] = [];
