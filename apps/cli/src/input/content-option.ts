import type { TaskEdit } from '@taskward/domain';
import type { Option } from 'commander';

/** One way to say what a field is to be. */
export interface ContentOption {
  readonly option: Option;
  /** What it sets; left out by an option that says more of another one's value. */
  readonly sets?: keyof TaskEdit;
  /** @param options all that is given, by the names of their attributes */
  value(given: unknown, options: object): unknown;
}
