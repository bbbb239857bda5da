import {
  type Actor,
  assertMayAct,
  fieldNames,
  isTextField,
  maxDurationDays,
  maxMetadataBytes,
  maxReminders,
  type TextFieldName,
  tagLimits,
  taskFields,
  type UserId,
} from '@taskward/domain';
import { storedResponseLifetime } from '../idempotency/run-idempotently.ts';
import { defaultLimits, type Limits, maxSelected, requestLimits } from '../limits.ts';
import type { Clock } from '../ports/clock.ts';
import type { PlanningStore } from '../ports/planning-store.ts';

/** Bounds of a number, or of a length; both are allowed. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** The bounds of the contract, as they are serialised over HTTP. Lengths are in Unicode code points. */
export interface ContractLimits {
  /** The lengths of texts. */
  readonly text_lengths: Readonly<Record<TextFieldName | 'tag' | 'search', Range>>;
  readonly tags_per_task: number;
  readonly reminders_per_task: number;
  /** The size of a task's metadata as JSON. */
  readonly metadata_bytes_per_task: number;
  /** How long before the due date a reminder may be. */
  readonly reminder_days: number;
  /** The number of tasks on a page, and of those skipped before it. */
  readonly page: Range;
  readonly offset: Range;
  /** The number of operations in a batch. */
  readonly batch: Range;
  /** The number of tasks that one call changes by a filter or a tag. */
  readonly tasks_per_change: number;
  readonly tasks_per_user: number;
  readonly idempotency: {
    readonly keys_per_user: number;
    readonly bytes_per_user: number;
    /** How long a response is stored. */
    readonly lifetime_seconds: number;
  };
}

const rangeOf = ({ min, max }: Range): Range => ({ min, max });

const textLengths = {
  ...(Object.fromEntries(fieldNames.filter(isTextField).map((name) => [name, rangeOf(taskFields[name])])) as Record<
    TextFieldName,
    Range
  >),
  tag: rangeOf(tagLimits.length),
  search: rangeOf(requestLimits.search),
};

/** Makes the use-case that returns the bounds of the contract. They are the same for everybody. */
export const makeContractLimits =
  ({ limits = defaultLimits }: { limits?: Limits }) =>
  (): ContractLimits => ({
    text_lengths: textLengths,
    tags_per_task: tagLimits.count.max,
    reminders_per_task: maxReminders,
    metadata_bytes_per_task: maxMetadataBytes,
    reminder_days: maxDurationDays,
    page: rangeOf(requestLimits.limit),
    offset: rangeOf(requestLimits.offset),
    batch: rangeOf(requestLimits.operations),
    tasks_per_change: maxSelected,
    tasks_per_user: limits.tasksPerUser,
    idempotency: {
      keys_per_user: limits.idempotencyKeysPerUser,
      bytes_per_user: limits.idempotencyBytesPerUser,
      lifetime_seconds: storedResponseLifetime / 1_000,
    },
  });

/** The bounds of the contract, and how much of them an owner uses. */
export interface OwnerLimits extends ContractLimits {
  readonly used: { readonly tasks_per_user: number };
}

/**
 * Returns the bounds of the contract with the owner's use of them.
 * @throws DomainError `auth/wrong-user`; ApplicationError `database/unavailable`
 */
export const makeOwnerLimits =
  ({ planning, clock, limits = defaultLimits }: { planning: PlanningStore; clock: Clock; limits?: Limits }) =>
  async (actor: Actor, { owner }: { owner: UserId }): Promise<OwnerLimits> => {
    assertMayAct(actor, owner);
    const now = clock.now();
    const { pending, completed } = await planning.summary(owner, { now, today: { from: now, before: now } });
    return { ...makeContractLimits({ limits })(), used: { tasks_per_user: pending + completed } };
  };
