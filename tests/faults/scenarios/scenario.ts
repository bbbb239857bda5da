import type { Scope } from '../../support/processes/processes.ts';
import type { Verdict, WriteLoad } from './write-load.ts';

/** What is between the clients and the database. */
export type Way = 'direct' | 'PgBouncer' | 'PgBouncer, prepared statements' | 'two processes';

/** What came of a fault. */
export interface Report {
  /** How often the fault was caused. */
  readonly times: number;
  /** Writes that were acknowledged; undefined where there were none. */
  readonly acknowledged?: number | undefined;
  /** Of these, how many are not stored. */
  readonly lost?: number | undefined;
  /** Writes that were done more than once. */
  readonly doubled?: number | undefined;
  /** Responses of 500 and above, other than 503. */
  readonly errors?: number | undefined;
  /** Rejections and exceptions that nobody handled, and processes that ended by themselves. */
  readonly unhandled?: number | undefined;
  /** The longest time until things were as before, in milliseconds. */
  readonly recovery?: number | undefined;
  /** Other figures, in words. */
  readonly notes: readonly string[];
  /** A sentence for each promise that was not kept. */
  readonly broken: readonly string[];
  /** The same, where a machine that is busy with other things may be the reason. */
  readonly late: readonly string[];
}

/** How a scenario is run. */
export interface Run {
  readonly way: Way;
  readonly times: number;
}

/** A fault that can be caused, and what is promised of it. */
export interface Scenario {
  /** As it is given to `npm run faults`. */
  readonly name: string;
  readonly title: string;
  readonly ways: readonly Way[];
  /** How often it is caused in a full run. */
  readonly times: number;
  /** Why it cannot be run here, if so. */
  readonly skip?: string | undefined;
  run(scope: Scope, run: Run): Promise<Report>;
}

/** A sentence for each condition that does not hold. */
export const unmet = (conditions: Readonly<Record<string, boolean>>): string[] =>
  Object.entries(conditions)
    .filter(([, holds]) => !holds)
    .map(([sentence]) => sentence);

/** What a load says of a fault. */
export interface Judged {
  readonly report: Omit<Report, 'times' | 'notes' | 'late'>;
  readonly notes: readonly string[];
  readonly verdict: Verdict;
}

/**
 * Ends a load and compares what is stored with what was acknowledged.
 * @param allowed statuses and errors of the network that clients may meet
 * @param unhandled see `Report`
 */
export const judge = async (load: WriteLoad, allowed: RegExp, unhandled: number): Promise<Judged> => {
  await load.stop();
  const { acknowledged, ends, misshapen, longestPause } = load.seen();
  const verdict = await load.verdict();
  const count = (matches: (end: string) => boolean) =>
    Object.entries(ends).reduce((sum, [end, times]) => sum + (matches(end) ? times : 0), 0);
  const errors = count((end) => /^5\d\d$/.test(end) && end !== '503');
  const others = Object.keys(ends).filter((end) => !allowed.test(end));
  const broken = [
    ...verdict.faults.slice(0, 5),
    ...unmet({
      [`clients met ${others.join(', ')}`]: others.length === 0,
      'a 503 came without Retry-After, code or sentence': misshapen === 0,
      'a rejection or an exception was not handled, or a process ended by itself': unhandled === 0,
    }),
  ];
  return {
    report: {
      acknowledged,
      lost: verdict.lost,
      doubled: verdict.doubled,
      errors,
      unhandled,
      recovery: longestPause,
      broken,
    },
    notes: [
      Object.entries(ends)
        .map(([end, times]) => `${end} × ${times}`)
        .join(', '),
    ],
    verdict,
  };
};
