import {
  type Actor,
  assertMayAct,
  invalid,
  originOf,
  renamedTag,
  type Task,
  type TaskEdit,
  tagExists,
  tagFault,
  tagKey,
  tagNotFound,
  type UnitOfWork,
  type UserId,
} from '@taskward/domain';
import { assertSelectable, maxSelected } from '../limits.ts';
import type { TaskSelection } from '../ports/task-repository.ts';
import type { WritePorts } from '../ports/write-ports.ts';
import type { ChangeContext } from '../tasks/task-changes.ts';

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

/** Edits tasks, each by itself. */
const editAll = (
  unit: UnitOfWork,
  ids: readonly number[],
  { actor, now, calendar }: Omit<ChangeContext, 'planning'> & Pick<WritePorts, 'calendar'>,
  editOf: (task: Task) => TaskEdit,
): TagChange => {
  const planning = { calendar, settings: unit.settings };
  for (const id of ids) unit.update(id, (task) => task.change(actor, editOf(task), now, planning));
  return { tasks: unit.written.length };
};

/**
 * Renames a tag of the owner's on all tasks that have it, in one step.
 * @param input.merge whether it may become one with a tag that has the new name
 * @throws DomainError `auth/wrong-user`, `request/invalid` for a name that no tag can have or for too many tasks,
 * `tag/not-found`, `tag/exists`; ApplicationError `database/unavailable`
 */
export const makeRenameTag =
  ({ tasks, clock, calendar }: WritePorts) =>
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
      const renamed = ({ tags }: Task) => ({ tags: renamedTag(tags, name, newName) });
      return { result: editAll(unit, ids, { actor, now, calendar }, renamed), store: true };
    });
  };

/**
 * Takes a tag of the owner's off all tasks that have it, in one step.
 * @throws DomainError `auth/wrong-user`, `request/invalid` for a name that no tag can have or for too many tasks,
 * `tag/not-found`; ApplicationError `database/unavailable`
 */
export const makeRemoveTag =
  ({ tasks, clock, calendar }: WritePorts) =>
  async (actor: Actor, { owner, name }: { owner: UserId; name: string }): Promise<TagChange> => {
    assertMayAct(actor, owner);
    assertTag('tag', name);
    const now = clock.now();
    const matching = [tagged(name, maxSelected + 1)];
    return tasks.transact(owner, { ids: [], matching }, originOf(actor, now), (unit) => ({
      result: editAll(unit, taskIdsOf(unit, name), { actor, now, calendar }, () => ({ remove_tags: [name] })),
      store: true,
    }));
  };
