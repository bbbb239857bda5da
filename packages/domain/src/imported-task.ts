import { type Actor, assertMayAct } from './actor.ts';
import { invalid } from './errors.ts';
import type { Fault } from './fault.ts';
import { type Instant, latest, toInstant } from './instant.ts';
import type { Planning } from './planning/planning.ts';
import { Task, type TaskDraft } from './task.ts';
import { contentFaults, type TaskContent } from './task-fields.ts';
import { textFault } from './text.ts';
import type { UserId } from './user-id.ts';

/** The content of a task from another application or a backup, with its timestamps. */
export interface ImportedContent extends TaskContent {
  /** The task's id in its source, 1–255 code points. An external id is imported once. */
  readonly externalId?: string;
  readonly createdAt?: Instant;
  readonly updatedAt?: Instant;
  readonly completedAt?: Instant;
}

/** A draft and its external id. */
export interface ImportedDraft {
  readonly externalId: string | undefined;
  readonly draft: TaskDraft;
}

/** The earliest timestamp that an import accepts. Spreadsheets write earlier ones for "no date". */
export const earliestImport: Instant = toInstant('1970-01-01T00:00:00.000Z');

const timestampFault = (moment: Instant | undefined, now: Instant): string | undefined => {
  if (moment === undefined) return undefined;
  if (moment < earliestImport) return `must not be before ${earliestImport}`;
  return moment > now ? `must not be in the future: it is ${now} now` : undefined;
};

/**
 * Makes a draft of an imported task. It keeps the imported timestamps, and takes `now` for missing ones. `updatedAt` is
 * never before `createdAt`.
 * @throws DomainError `auth/wrong-user`, or `request/invalid` with every fault of the content
 */
export const draftImported = (
  actor: Actor,
  owner: UserId,
  content: ImportedContent,
  now: Instant,
  planning: Planning,
): ImportedDraft => {
  assertMayAct(actor, owner);
  const { externalId, createdAt = content.updatedAt ?? now, updatedAt = createdAt } = content;
  const faults: Fault[] = contentFaults(content, planning.calendar);
  const check = (field: string, message: string | undefined) =>
    message !== undefined && faults.push({ field, message });
  if (externalId !== undefined) check('external_id', textFault(externalId, { min: 1, max: 255 }));
  check('created_at', timestampFault(content.createdAt, now));
  check('updated_at', timestampFault(content.updatedAt, now));
  check('completed_at', timestampFault(content.completedAt, now));
  if (faults.length > 0) throw invalid(faults);
  const draft = Task.draft(actor, owner, content, now, planning);
  const completedAt = draft.completed ? (content.completedAt ?? latest(createdAt, updatedAt)) : null;
  return { externalId, draft: { ...draft, createdAt, updatedAt: latest(createdAt, updatedAt), completedAt } };
};
