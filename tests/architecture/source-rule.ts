import type { Source } from '../support/repository/workspace.ts';

/** Says what breaks a rule, a sentence for each. */
export type Check = (sources: readonly Source[]) => string[];

/** A rule about sources, with what proves that its check works. */
export interface SourceRule {
  readonly sources: readonly Source[];
  readonly check: Check;
  /** Sources that break the rule, and what is then said. */
  readonly broken: readonly (readonly [path: string, text: string, fault: string])[];
  /** Sources that look like it and do not. */
  readonly kept: readonly (readonly [path: string, text: string])[];
}
