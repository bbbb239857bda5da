import { type Actor, assertMayAct } from './actor.ts';
import { invalid } from './errors.ts';
import type { Fault } from './fault.ts';
import { type Instant, latest, toInstant } from './instant.ts';
import { Task, type TaskDraft } from './task.ts';
import { contentFaults, type TaskContent } from './task-fields.ts';
import { textFault } from './text.ts';
import type { UserId } from './user-id.ts';

/** A task as another application, or a backup, has it: what it says of the task's past is kept. */
export interface ImportedContent extends TaskContent {
  /** What the task is called where it comes from, 1–255 code points: it is imported once under this name. */
  readonly externalId?: string;
  readonly createdAt?: Instant;
  readonly updatedAt?: Instant;
}

/** A draft, and the name under which it is imported once. */
export interface ImportedDraft {
  readonly externalId: string | undefined;
  readonly draft: TaskDraft;
}

/** No task is older: what spreadsheets write for "no date" lies before. */
export const earliestImport: Instant = toInstant('1970-01-01T00:00:00.000Z');

const pastFault = (moment: Instant | undefined, now: Instant): string | undefined => {
  if (moment === undefined) return undefined;
  if (moment < earliestImport) return `must not be before ${earliestImport}`;
  return moment > now ? `must not be in the future: it is ${now} now` : undefined;
};

/**
 * A task of the owner's from elsewhere, for a store to keep. Its times are those that it comes with, else `now`; it
 * never looks older at its last change than at its creation.
 * @throws DomainError `auth/wrong-user`, or `request/invalid` with every fault of the content
 */
export const draftImported = (actor: Actor, owner: UserId, content: ImportedContent, now: Instant): ImportedDraft => {
  assertMayAct(actor, owner);
  const { externalId, createdAt = content.updatedAt ?? now, updatedAt = createdAt } = content;
  const faults: Fault[] = contentFaults(content);
  const check = (field: string, message: string | undefined) =>
    message !== undefined && faults.push({ field, message });
  if (externalId !== undefined) check('external_id', textFault(externalId, { min: 1, max: 255 }));
  check('created_at', pastFault(content.createdAt, now));
  check('updated_at', pastFault(content.updatedAt, now));
  if (faults.length > 0) throw invalid(faults);
  const draft = Task.draft(actor, owner, content, now);
  return { externalId, draft: { ...draft, createdAt, updatedAt: latest(createdAt, updatedAt) } };
};
