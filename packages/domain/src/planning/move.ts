import type { Actor } from '../actor.ts';
import { anchorGone } from '../errors.ts';
import type { Instant } from '../instant.ts';
import type { Task } from '../task.ts';
import type { UnitOfWork } from '../unit-of-work.ts';
import { type PositionKeys, positionOf, positionOfId } from './position.ts';

/** Where a task is to go among its owner's tasks. */
export type Place = { readonly before: number } | { readonly after: number } | { readonly to: 'top' | 'bottom' };

/** What a place is beside: a task, by its id, or an end of the list. */
export type PositionAnchor = number | 'top' | 'bottom';

/** Who moves a task, when, and what keys are made of. */
export interface MoveContext {
  readonly actor: Actor;
  readonly now: Instant;
  readonly keys: PositionKeys;
  /** How many neighbours of the anchor the unit of work has on each side, unless the list ends before. */
  readonly neighbourCount: number;
}

/** The length of a key, in characters, from which on a move gives the neighbours new keys too. */
const longKey = 48;

/** How many digits longer a key may be than one in the middle of its gap, to be nearer to one end. */
const extraDigits = 2;

/** Returns what a place is beside. */
export const anchorOf = (place: Place): PositionAnchor => {
  if ('to' in place) return place.to;
  return 'before' in place ? place.before : place.after;
};

const compare = (a: Task, b: Task): number => {
  const [keyOfA, keyOfB] = [positionOf(a), positionOf(b)];
  if (keyOfA === keyOfB) return a.id - b.id;
  return keyOfA < keyOfB ? -1 : 1;
};

const indexIn = (tasks: readonly Task[], place: Place): number => {
  if ('to' in place) return place.to === 'top' ? 0 : tasks.length;
  const index = tasks.findIndex(({ id }) => id === anchorOf(place));
  return 'before' in place ? index : index + 1;
};

/** Returns a key between those of two neighbours, or `undefined` where they leave no room. @param end follows all keys */
const keyBetween = (lower: Task | undefined, upper: Task | undefined, end: string, keys: PositionKeys) => {
  const high = upper === undefined ? end : positionOf(upper);
  const below = (key: string) => keys.keysBetween(lower && positionOf(lower), key, 1)[0] as string;
  if (lower === undefined) return below(high);
  if (positionOf(lower) >= high) return undefined;
  // People move one task after the other to a place. The next one usually goes between this one and the neighbour that has been
  // there for longer: most of the gap is left to it, so that keys hardly grow.
  const isLowerNewer = upper === undefined || lower.revision > upper.revision;
  const above = (key: string) => keys.keysBetween(key, high, 1)[0] as string;
  const middle = below(high);
  let [key, nearer] = [middle, middle];
  while (nearer.length <= middle.length + extraDigits) {
    key = nearer;
    nearer = isLowerNewer ? below(key) : above(key);
  }
  return key;
};

/** Returns whether the tasks around an anchor begin and end where the list does: one side has fewer than it could. */
const endsIn = (tasks: readonly Task[], anchor: PositionAnchor, neighbourCount: number) => {
  const ends = { top: -1, bottom: tasks.length };
  const index = typeof anchor === 'string' ? ends[anchor] : tasks.findIndex(({ id }) => id === anchor);
  return { isStart: index < neighbourCount, isEnd: tasks.length - 1 - index < neighbourCount };
};

/** Returns new keys for consecutive tasks, but the outermost ones, which lie between the others and tasks that are not here. */
const spreadKeys = (tasks: readonly Task[], isStart: boolean, isEnd: boolean, end: string, keys: PositionKeys) => {
  const rekeyed = tasks.slice(isStart ? 0 : 1, isEnd ? tasks.length : -1);
  const low = isStart ? undefined : positionOf(tasks[0] as Task);
  const high = isEnd ? end : positionOf(tasks.at(-1) as Task);
  // Undoing moves can give several tasks one key. If all of these have it, they go just after the others that do.
  const room = low === undefined || low < high ? high : `${low}1`;
  const spread = keys.keysBetween(low, room, rekeyed.length);
  return rekeyed.map(({ id }, index) => ({ id, position: spread[index] as string }));
};

/**
 * Moves a task by giving it a key between those of its new neighbours. Where they leave no room, or only for a long key, the
 * other neighbours get new keys too.
 * @param unit has the task, and the anchor with its neighbours
 * @returns the moved task; the same one if it is there already
 * @throws DomainError `auth/wrong-user`, `task/not-found`, `task/anchor-gone`
 */
export const moveTask = (unit: UnitOfWork, id: number, place: Place, context: MoveContext): Task => {
  const { actor, now, keys, neighbourCount } = context;
  const task = unit.get(id);
  const anchor = anchorOf(place);
  if (anchor === id) return task;
  if (typeof anchor === 'number' && unit.find(anchor) === undefined) throw anchorGone(anchor);

  const tasks = unit.tasks.sort(compare);
  const others = tasks.filter((other) => other !== task);
  const index = indexIn(others, place);
  if (tasks.indexOf(task) === index) return task;

  // New tasks come after all others, also after those that were moved to the end.
  const end = positionOfId(unit.lastTaskId + 1);
  const key = keyBetween(others[index - 1], others[index], end, keys);
  if (key !== undefined && key.length < longKey) return unit.update(id, () => task.moveTo(actor, key, now));
  const { isStart, isEnd } = endsIn(tasks, anchor, neighbourCount);
  for (const { id, position } of spreadKeys(others.toSpliced(index, 0, task), isStart, isEnd, end, keys)) {
    unit.update(id, (one) => one.moveTo(actor, position, now));
  }
  return unit.get(id);
};
