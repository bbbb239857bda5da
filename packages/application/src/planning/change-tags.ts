import {
  type Actor,
  assertMayAct,
  type Calendar,
  invalid,
  originOf,
  renamedTag,
  tagExists,
  tagFault,
  tagKey,
  tagNotFound,
  type UnitOfWork,
  type UserId,
} from '@taskward/domain';
import { assertSelectable, maxSelected } from '../limits.ts';
import type { Clock } from '../ports/clock.ts';
import type { TaskRepository, TaskSelection } from '../ports/task-repository.ts';

interface Ports {
  readonly tasks: TaskRepository;
  readonly clock: Clock;
  readonly calendar: Calendar;
}

/** What a change of a tag has done. */
export interface TagChange {
  /** How many tasks it changed. */
  readonly tasks: number;
}

const tagged = (name: string, limit: number): TaskSelection => ({ status: 'all', tags: [name], limit });

const assertTag = (field: string, name: string): void => {
  const message = tagFault(name);
  if (message !== undefined) throw invalid([{ field, message }]);
};

/** Returns the ids of the tasks that have the tag. */
const taskIdsOf = (unit: UnitOfWork, name: string): readonly number[] => {
  const ids = unit.selected();
  if (ids.length === 0) throw tagNotFound(name);
  assertSelectable('tag', ids.length);
  return ids;
};

/**
 * Renames a tag of the owner's on all tasks that have it, in one step.
 * @param input.merge whether it may become one with a tag that has the new name
 * @throws DomainError `auth/wrong-user`, `request/invalid` for a name that no tag can have or for too many tasks,
 * `tag/not-found`, `tag/exists`; ApplicationError `database/unavailable`
 */
export const makeRenameTag =
  ({ tasks, clock, calendar }: Ports) =>
  async (
    actor: Actor,
    input: { owner: UserId; name: string; newName: string; merge?: boolean },
  ): Promise<TagChange> => {
    const { owner, name, newName, merge = false } = input;
    assertMayAct(actor, owner);
    assertTag('tag', name);
    assertTag('name', newName);
    const now = clock.now();
    const mustBeFree = !merge && tagKey(name) !== tagKey(newName);
    const matching = [tagged(name, maxSelected + 1), ...(mustBeFree ? [tagged(newName, 1)] : [])];
    return tasks.transact(owner, { ids: [], matching }, originOf(actor, now), (unit) => {
      const ids = taskIdsOf(unit, name);
      if (unit.selected(1).length > 0) throw tagExists(newName);
      const planning = { calendar, settings: unit.settings };
      for (const id of ids) {
        unit.update(id, (task) => task.change(actor, { tags: renamedTag(task.tags, name, newName) }, now, planning));
      }
      return { result: { tasks: unit.written.length }, store: true };
    });
  };

/**
 * Takes a tag of the owner's off all tasks that have it, in one step.
 * @throws DomainError `auth/wrong-user`, `request/invalid` for a name that no tag can have or for too many tasks,
 * `tag/not-found`; ApplicationError `database/unavailable`
 */
export const makeRemoveTag =
  ({ tasks, clock, calendar }: Ports) =>
  async (actor: Actor, { owner, name }: { owner: UserId; name: string }): Promise<TagChange> => {
    assertMayAct(actor, owner);
    assertTag('tag', name);
    const now = clock.now();
    const matching = [tagged(name, maxSelected + 1)];
    return tasks.transact(owner, { ids: [], matching }, originOf(actor, now), (unit) => {
      const planning = { calendar, settings: unit.settings };
      for (const id of taskIdsOf(unit, name)) {
        unit.update(id, (task) => task.change(actor, { remove_tags: [name] }, now, planning));
      }
      return { result: { tasks: unit.written.length }, store: true };
    });
  };
