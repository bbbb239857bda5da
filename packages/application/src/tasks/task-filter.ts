import {
  type Calendar,
  dayAt,
  defaultSettings,
  dueDateFault,
  dueInstant,
  type Fault,
  type Instant,
  type LocalTime,
  maxMetadataBytes,
  normalisedDueDate,
  type Planning,
  parseDueDate,
  startOfDay,
  tagsFault,
  textFault,
  type UserId,
  weekdays,
} from '@taskward/domain';
import { requestLimits } from '../limits.ts';
import type { PlanningStore } from '../ports/planning-store.ts';
import type { MetadataMember, SortKey, TaskFilter, TaskQuery, TimeRange } from '../ports/task-repository.ts';

/**
 * Which tasks of an owner a caller asks for. `due_before` and the like are texts such as a due date's: a day means its start for
 * the owner. Ranges have their start, and not their end.
 */
export interface AskedFilter extends Omit<TaskFilter, 'due' | 'completed' | 'updated' | 'dated'> {
  /** Open tasks whose due date has passed; tasks due today, or in this week; tasks without a due date. */
  readonly due?: 'overdue' | 'today' | 'week' | 'none';
  readonly dueAfter?: string;
  readonly dueBefore?: string;
  readonly completedAfter?: string;
  readonly completedBefore?: string;
  readonly updatedAfter?: string;
}

/** Which tasks of an owner a caller asks for, and in which order. */
export interface AskedQuery extends AskedFilter, Omit<TaskQuery, keyof TaskFilter> {}

/** A list of tasks regardless of its pages: filter and order. */
export type TaskList = AskedFilter & { readonly sort: readonly SortKey[] };

// Excludes the properties that are not filters, so that a new filter is included automatically.
const filterOf = ({
  sort: _sort,
  limit: _limit,
  after: _after,
  offset: _offset,
  count: _count,
  ...filter
}: TaskList & Partial<AskedQuery>): AskedFilter => filter;

/** Returns the identity of a list among those of its owner, as plain data: equal for equal filters and order. */
export const listIdentity = (list: TaskList & Partial<AskedQuery>): readonly unknown[] => {
  const filters = Object.entries(filterOf(list)).filter(([, value]) => value !== undefined);
  return [filters.sort(([a], [b]) => (a < b ? -1 : 1)), list.sort.map(({ field, order }) => [field, order])];
};

/** Returns whether a list changes as time goes by, even if no task does. */
export const changesWithTime = ({ due }: AskedFilter): boolean => due !== undefined && due !== 'none';

/** Returns the owner's day that has a moment, as a range of time. */
export const dayWith = (moment: Instant, planning: Planning): Required<TimeRange> =>
  daysFrom(dayAt(moment, planning), 1, planning);

const daysFrom = (day: LocalTime, count: number, planning: Planning): Required<TimeRange> => ({
  from: startOfDay(day, planning),
  before: startOfDay(planning.calendar.addDays(day, count), planning),
});

const weekWith = (moment: Instant, planning: Planning): Required<TimeRange> => {
  const { calendar, settings } = planning;
  const day = dayAt(moment, planning);
  const passed = (calendar.dayOfWeek(day) + 6 - weekdays.indexOf(settings.week_starts_on)) % 7;
  return daysFrom(calendar.addDays(day, -passed), 7, planning);
};

const dueRange = (due: AskedFilter['due'], now: Instant, planning: Planning): TimeRange | 'none' | undefined => {
  if (due === undefined || due === 'none') return due;
  if (due === 'overdue') return { before: now };
  return due === 'today' ? dayWith(now, planning) : weekWith(now, planning);
};

const bounds = ['dueAfter', 'dueBefore', 'completedAfter', 'completedBefore', 'updatedAfter'] as const;

const anyName = { min: 0, max: maxMetadataBytes };

const membersFault = (members: readonly MetadataMember[]): string | undefined =>
  members
    .flat()
    .map((text) => textFault(text, anyName))
    .find((fault) => fault !== undefined);

/** Returns every fault of a filter. */
export const filterFaults = (asked: AskedFilter, calendar: Calendar): Fault[] => {
  const { search, tags, anyTag, metadata, due } = asked;
  const faults: Fault[] = [];
  const check = <T>(field: string, value: T | undefined, faultOf: (value: T) => string | undefined) => {
    const message = value === undefined ? undefined : faultOf(value);
    if (message !== undefined) faults.push({ field, message });
  };
  check('search', search, (text) => textFault(text, requestLimits.search));
  check('tags', tags, tagsFault);
  check('any_tag', anyTag, tagsFault);
  check('metadata', metadata, membersFault);
  for (const name of bounds) {
    const field = name.replace(/[A-Z]/, (letter) => `_${letter.toLowerCase()}`);
    check(field, asked[name], (text) => dueDateFault(text, calendar));
  }
  const range = due === 'none' ? (asked.dueAfter ?? asked.dueBefore) : undefined;
  check('due', range, () => 'cannot be `none` where a range of due dates is given');
  const overdue = due === 'overdue' && asked.status === 'completed' ? due : undefined;
  check('due', overdue, () => 'cannot be `overdue` among completed tasks: only open ones are');
  return faults;
};

// A day means its start, and not its end as a due date does.
const momentOf = (text: string, planning: Planning): Instant => {
  const due = parseDueDate(normalisedDueDate(text, planning.calendar));
  return due.kind === 'day' ? startOfDay(due.local, planning) : dueInstant(due, planning);
};

const rangeOf = (from: string | undefined, before: string | undefined, planning: Planning): TimeRange | undefined =>
  from === undefined && before === undefined
    ? undefined
    : {
        ...(from !== undefined && { from: momentOf(from, planning) }),
        ...(before !== undefined && { before: momentOf(before, planning) }),
      };

const later = (a: Instant | undefined, b: Instant | undefined) =>
  a === undefined || (b !== undefined && b > a) ? b : a;
const earlier = (a: Instant | undefined, b: Instant | undefined) =>
  a === undefined || (b !== undefined && b < a) ? b : a;

const both = (a: TimeRange | undefined, b: TimeRange | undefined): TimeRange | undefined => {
  if (a === undefined || b === undefined) return a ?? b;
  const from = later(a.from, b.from);
  const before = earlier(a.before, b.before);
  return { ...(from && { from }), ...(before && { before }) };
};

const needsSettings = (asked: AskedFilter): boolean =>
  changesWithTime(asked) || bounds.some((name) => asked[name] !== undefined);

/** What a filter is resolved by. */
export interface FilterPorts {
  readonly planning: PlanningStore;
  readonly calendar: Calendar;
}

/**
 * Returns the filter that is asked for, with moments instead of words and local times.
 * @param asked without faults
 */
export const resolveFilter = async <Asked extends AskedFilter>(
  owner: UserId,
  asked: Asked,
  now: Instant,
  { planning: store, calendar }: FilterPorts,
): Promise<Omit<Asked, keyof AskedFilter> & TaskFilter> => {
  const settings = needsSettings(asked) ? await store.settings(owner) : defaultSettings;
  const planning = { calendar, settings };
  const { due, dueAfter, dueBefore, completedAfter, completedBefore, updatedAfter, ...rest } = asked;
  const named = dueRange(due, now, planning);
  const dueAt = named === 'none' ? named : both(named, rangeOf(dueAfter, dueBefore, planning));
  const completed = rangeOf(completedAfter, completedBefore, planning);
  const updated = rangeOf(updatedAfter, undefined, planning);
  const filter = {
    ...rest,
    ...(due === 'overdue' && { status: 'pending' }),
    ...(dueAt && { due: dueAt }),
    ...(completed && { completed }),
    ...(updated && { updated }),
  };
  return filter as unknown as Omit<Asked, keyof AskedFilter> & TaskFilter;
};
