import {
  type Actor,
  assertMayAct,
  invalid,
  isSameValue,
  normalisedSettings,
  originOf,
  settingsFaults,
  type UserId,
  type UserSettings,
} from '@taskward/domain';
import type { PlanningStore } from '../ports/planning-store.ts';
import type { WritePorts } from '../ports/write-ports.ts';

/** Returns how the owner counts days. @throws DomainError `auth/wrong-user`; ApplicationError `database/unavailable` */
export const makeGetSettings =
  ({ planning }: { planning: PlanningStore }) =>
  async (actor: Actor, { owner }: { owner: UserId }): Promise<UserSettings> => {
    assertMayAct(actor, owner);
    return planning.settings(owner);
  };

/**
 * Changes how the owner counts days, and what the dates of their tasks mean by it, in one step.
 * @returns all settings
 * @throws DomainError `auth/wrong-user`, `request/invalid` with every fault; ApplicationError `database/unavailable`
 */
export const makeChangeSettings =
  ({ tasks, clock, calendar }: WritePorts) =>
  async (actor: Actor, input: { owner: UserId; changes: Partial<UserSettings> }): Promise<UserSettings> => {
    const { owner, changes } = input;
    assertMayAct(actor, owner);
    const faults = settingsFaults(changes, calendar);
    if (faults.length > 0) throw invalid(faults);
    const now = clock.now();
    // All of them: tasks that keep the dates of other settings would be due at the wrong time.
    const matching = [{ status: 'all', dated: true }] as const;
    return tasks.transact(owner, { ids: [], matching }, originOf(actor, now), (unit) => {
      const settings = { ...unit.settings, ...normalisedSettings(changes, calendar) };
      if (isSameValue(settings, unit.settings)) return { result: settings, store: false };
      unit.changeSettings(settings);
      for (const id of unit.selected()) unit.update(id, (task) => task.recompute(now, { calendar, settings }));
      return { result: settings, store: true };
    });
  };
