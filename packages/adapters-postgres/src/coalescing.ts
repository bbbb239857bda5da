import type { Row, Statement, Step, Value } from './flight.ts';

/** What is asked, step by step. */
interface Question {
  readonly steps: readonly Step[];
}

/** Those who ask together, and what is sent for them. */
export interface Bundle<Q extends Question> {
  readonly members: readonly Q[];
  readonly steps: readonly Step[];
  /** What came of its steps, as what came of each member's. */
  share(rows: Row[][]): Row[][][];
}

// Two ask as cheaply one after the other.
const fewest = 3;
// A statement has a second for all of them: with more, a slow disk would be taken for a slow question.
const most = 10;

const asksForSeveral = ({ steps }: Question): boolean =>
  steps.every(({ statement }) => statement.several !== undefined);

const asksTheSame = (one: Question, other: Question): boolean =>
  one.steps.length === other.steps.length &&
  one.steps.every(({ statement }, index) => statement === other.steps[index]?.statement);

const element = (value: Value): string =>
  value === null ? 'null' : typeof value === 'string' ? `"${value.replace(/["\\]/g, '\\$&')}"` : String(value);

const byItself = <Q extends Question>(one: Q): Bundle<Q> => ({
  members: [one],
  steps: one.steps,
  share: (rows) => [rows],
});

const arrayOf = (values: readonly Value[]): string => `{${values.map(element).join()}}`;

const together = <Q extends Question>(members: readonly [Q, ...Q[]]): Bundle<Q> => ({
  members,
  steps: members[0].steps.map(({ statement, values }, index) => ({
    statement: statement.several as Statement,
    values: values.map((_, place) => arrayOf(members.map(({ steps }) => steps[index]?.values[place] as Value))),
  })),
  share(rows) {
    const shares = members.map(() => rows.map((): Row[] => []));
    for (const [index, found] of rows.entries()) {
      for (const row of found) shares[Number(row.at(-1)) - 1]?.[index]?.push(row);
    }
    return shares;
  },
});

/**
 * Puts those who ask the same into one statement, ten at most, where it has a form for several and they are three at least.
 * Their order is not kept.
 */
export const coalesce = <Q extends Question>(questions: readonly Q[]): Bundle<Q>[] => {
  const alike: [Q, ...Q[]][] = [];
  for (const one of questions) {
    const others = asksForSeveral(one)
      ? alike.find((members) => members.length < most && asksTheSame(members[0], one))
      : undefined;
    if (others === undefined) alike.push([one]);
    else others.push(one);
  }
  const bundles: Bundle<Q>[] = [];
  for (const members of alike) {
    if (members.length < fewest) bundles.push(...members.map(byItself));
    else bundles.push(together(members));
  }
  return bundles;
};

/** Each by itself. */
export const apart = <Q extends Question>(questions: readonly Q[]): Bundle<Q>[] => questions.map(byItself);
