import type { Change, Instant, TaskEventType, TaskState, UserId } from '@taskward/domain';

/** What an operator says about a new endpoint. */
export interface EndpointDraft {
  readonly url: string;
  /** The events that it is sent. */
  readonly events: readonly TaskEventType[];
}

/** Why an endpoint is sent nothing: the operator's wish, its own, or that it failed for days. */
export type DisabledReason = 'operator' | 'gone' | 'failing';

/** A receiver of events. */
export interface Endpoint extends EndpointDraft {
  readonly id: string;
  readonly createdAt: Instant;
  /** Counts the rotations of its secret. */
  readonly secretVersion: number;
  /** Until then the previous secret signs too. */
  readonly previousUntil?: Instant;
  /** Set while deliveries fail: when it is disabled unless one succeeds before. */
  readonly givesUpAt?: Instant;
  readonly disabled?: DisabledReason;
}

/** What can change about an endpoint. */
export type EndpointChange =
  | { readonly kind: 'enable' }
  | { readonly kind: 'disable'; readonly reason: DisabledReason }
  /** The previous secret signs too for `overlap` milliseconds. */
  | { readonly kind: 'rotate'; readonly overlap: number }
  | { readonly kind: 'succeeded' }
  /** The endpoint is given up after `patience` milliseconds, counted from its first failure in a row. */
  | { readonly kind: 'failed'; readonly patience: number };

/** A logged change, together with the task after it; a deleted one as it was last. */
export interface OutboxEntry {
  /** Identifies the event, also when it is sent again. */
  readonly id: string;
  readonly owner: UserId;
  readonly change: Change;
  readonly task: TaskState;
}

/** Why a delivery failed. */
export type DeliveryError =
  /** The response's status is not 2xx. */
  | 'status'
  | 'redirect'
  | 'timeout'
  /** The receiver's address is private, or otherwise none that events may be sent to. */
  | 'address'
  | 'dns'
  | 'tls'
  | 'connection';

/** The outcome of one attempt. */
export interface Attempt {
  readonly milliseconds: number;
  readonly status?: number;
  /** Absent if the receiver accepted the event. */
  readonly error?: DeliveryError;
  /** Milliseconds after which the receiver asks for the next attempt. */
  readonly retryAfter?: number;
}

/** A delivery that the caller is to attempt now. */
export interface ClaimedDelivery extends OutboxEntry {
  readonly deliveryId: string;
  /** Which attempt it is, from 1. */
  readonly attempt: number;
}

/** The outcome of a claimed delivery. */
export interface SettledDelivery {
  readonly deliveryId: string;
  readonly attempt: number;
  readonly outcome: Attempt;
  /** Milliseconds until the next attempt; absent if there is none. */
  readonly retryIn?: number;
}

/** The state of a delivery. */
export type DeliveryState = 'pending' | 'delivered' | 'failed';

/** A line of the delivery log. It has the last attempt, and nothing of what the receiver responded. */
export interface DeliveryRecord {
  readonly id: string;
  readonly eventId: string;
  readonly owner: UserId;
  readonly revision: number;
  readonly state: DeliveryState;
  readonly attempts: number;
  /** When it was last attempted, or is due next. */
  readonly at: Instant;
  readonly status?: number;
  readonly error?: DeliveryError;
  readonly milliseconds?: number;
}

/** Returns the ids of the endpoints that a change is to be delivered to. */
export type Route = (change: OutboxEntry, endpoints: readonly Endpoint[]) => readonly string[];

/**
 * Keeps the endpoints of other systems, the events for them, and how their delivery went. While an endpoint is enabled, the
 * store keeps each change of a task for them, in the transaction of the change; while none is, it keeps nothing. An operator's
 * port: all methods concern all users. Its contract suite is in `tests/contract`.
 *
 * All methods reject with ApplicationError `database/unavailable` when the store does not respond in time.
 */
export interface WebhookStore {
  /** Adds an endpoint. @returns `undefined` if there is one with this URL */
  add(draft: EndpointDraft, now: Instant): Promise<Endpoint | undefined>;

  /** Returns all endpoints, the oldest first. */
  list(): Promise<readonly Endpoint[]>;

  /** Changes an endpoint. @returns it after the change; `undefined` if there is none with this id */
  change(id: string, change: EndpointChange, now: Instant): Promise<Endpoint | undefined>;

  /** Removes an endpoint with its deliveries. @returns whether there was one */
  remove(id: string): Promise<boolean>;

  /**
   * Makes a delivery of each kept change that has none yet, at most `limit` of them, for each endpoint that `route` names. Several
   * processes may do so at once: each change is routed once.
   * @returns how many changes were routed
   */
  dispatch(limit: number, now: Instant, route: Route): Promise<number>;

  /** Returns the enabled endpoints that have deliveries due. */
  due(now: Instant): Promise<readonly Endpoint[]>;

  /**
   * Hands deliveries that are due to the caller, at most `limit`. Nobody else gets them for `lease` milliseconds; one that is not
   * settled by then is due again.
   */
  claim(endpoint: string, now: Instant, limits: { lease: number; limit: number }): Promise<readonly ClaimedDelivery[]>;

  /** Stores the outcomes of deliveries that the caller has claimed. One that was claimed again since is left alone. */
  settle(settled: readonly SettledDelivery[], now: Instant): Promise<void>;

  /** Returns the deliveries to an endpoint, the latest first. @param before only those before this one */
  deliveries(endpoint: string, before: string | undefined, limit: number): Promise<readonly DeliveryRecord[]>;

  /** Makes a delivery due again, with all its attempts. @returns whether there is one with this id */
  redeliver(id: string, now: Instant): Promise<boolean>;

  /**
   * Removes kept changes that are older than `lifetime` milliseconds, with their deliveries, at most `limit`.
   * @returns how many changes were removed
   */
  purge(old: { now: Instant; lifetime: number; limit: number }): Promise<number>;
}
