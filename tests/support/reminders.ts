import { makeCalendar } from '@taskward/adapters-planning';
import {
  defaultSettings,
  type Instant,
  ownerActor,
  type Planning,
  Task,
  type TaskDraft,
  type UserId,
} from '@taskward/domain';
import { anInstant } from './builders.ts';

export const calendar = makeCalendar();
export const planning: Planning = { calendar, settings: defaultSettings };

/** The instant so many milliseconds after another. */
export const after = (start: Instant, milliseconds: number): Instant =>
  anInstant(new Date(Date.parse(start) + milliseconds).toISOString());

/** A draft of a task that reminds its owner at these moments. @param now before all of them */
export const aReminding = (
  owner: UserId,
  at: readonly Instant[],
  now = anInstant('2026-01-01T00:00:00.000Z'),
): TaskDraft =>
  Task.draft(ownerActor(owner), owner, { title: 'Call', reminders: at.map((one) => ({ at: one })) }, now, planning);
