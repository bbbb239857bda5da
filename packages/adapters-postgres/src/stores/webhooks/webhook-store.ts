import type {
  ClaimedDelivery,
  DeliveryError,
  DeliveryRecord,
  DeliveryState,
  OutboxEntry,
  SettledDelivery,
  WebhookStore,
} from '@taskward/application';
import type { ChangeKind, UserId } from '@taskward/domain';
import type { Database } from '../../database.ts';
import { asJob } from '../../isolation/job.ts';
import { effectOf, instantOf, stateFrom } from '../changes/change-mapper.ts';
import { makeWebhookEndpoints, selectEndpoints } from './webhook-endpoints.ts';

// In milliseconds, for each statement.
const timeout = 10_000;

interface OutboxRecord {
  id: string;
  user_id: UserId;
  revision: string;
  task_id: number;
  kind: ChangeKind;
  at: string;
  before: string | null;
  batch: string | null;
  request_id: string | null;
  task: string;
}

const outboxColumns = `o.id, o.user_id, o.revision, o.task_id, o.kind, o.at, o.before::text as before, o.batch, o.request_id,
  o.task::text as task`;

const outboxEntryOf = (row: OutboxRecord): OutboxEntry => ({
  id: row.id,
  owner: row.user_id,
  change: {
    ...effectOf(row.kind, row.before),
    revision: Number(row.revision),
    taskId: row.task_id,
    at: instantOf(row.at),
    ...(row.batch !== null && { batch: Number(row.batch) }),
    ...(row.request_id !== null && { requestId: row.request_id }),
  },
  task: { ...stateFrom(row.task), owner: row.user_id, id: row.task_id },
});

// What another process is routing is skipped.
const selectNew = `select ${outboxColumns} from taskward.outbox o
  where not o.dispatched order by o.at limit ? for update skip locked`;

const insertDeliveries = `insert into taskward.webhook_deliveries (endpoint_id, event_id, at)
  select endpoint, event, ?::timestamptz from json_to_recordset(?::json) as r (endpoint uuid, event uuid)`;

const claimDue = `with due as (
    select d.id from taskward.webhook_deliveries d join taskward.webhook_endpoints e on e.id = d.endpoint_id
    where d.endpoint_id = ? and d.state = 'pending' and d.at <= ?::timestamptz and e.disabled is null
    order by d.at limit ? for update of d skip locked
  ), claimed as (
    update taskward.webhook_deliveries d
    set attempts = d.attempts + 1, at = ?::timestamptz + ?::bigint * interval '1 ms'
    from due where d.id = due.id returning d.id, d.event_id, d.attempts
  )
  select c.id as delivery_id, c.attempts, ${outboxColumns} from claimed c join taskward.outbox o on o.id = c.event_id`;

// A delivery that was claimed again since has another number of attempts.
const settleClaimed = `update taskward.webhook_deliveries d
  set status = s.status, error = s.error, milliseconds = s.milliseconds,
    state = case when s.error is null then 'delivered' when s.retry_in is null then 'failed' else 'pending' end,
    at = ?::timestamptz + case when s.error is null then 0 else coalesce(s.retry_in, 0) end * interval '1 ms'
  from json_to_recordset(?::json) as s (
    id bigint, attempt integer, status integer, error text, milliseconds integer, retry_in double precision
  )
  where d.id = s.id and d.state = 'pending' and d.attempts = s.attempt`;

const selectDeliveries = `select d.id, d.event_id, o.user_id, o.revision, d.state, d.attempts, d.at, d.status, d.error,
    d.milliseconds
  from taskward.webhook_deliveries d join taskward.outbox o on o.id = d.event_id
  where d.endpoint_id = ? and d.id < ?::bigint order by d.id desc limit ?`;

const redeliver = `update taskward.webhook_deliveries set state = 'pending', attempts = 0, at = ?::timestamptz
  where id = ?::bigint returning id`;

const purgeOld = `with old as (
    select id from taskward.outbox where at <= ?::timestamptz - ?::bigint * interval '1 ms'
    limit ? for update skip locked
  )
  delete from taskward.outbox where id in (select id from old) returning id`;

interface DeliveryRow {
  id: string;
  event_id: string;
  user_id: UserId;
  revision: string;
  state: DeliveryState;
  attempts: number;
  at: string;
  status: number | null;
  error: DeliveryError | null;
  milliseconds: number | null;
}

const deliveryOf = (row: DeliveryRow): DeliveryRecord => ({
  id: row.id,
  eventId: row.event_id,
  owner: row.user_id,
  revision: Number(row.revision),
  state: row.state,
  attempts: row.attempts,
  at: instantOf(row.at),
  ...(row.status !== null && { status: row.status }),
  ...(row.error !== null && { error: row.error }),
  ...(row.milliseconds !== null && { milliseconds: row.milliseconds }),
});

const settledRecord = ({ deliveryId, attempt, outcome, retryIn }: SettledDelivery) => {
  const { status, error, milliseconds } = outcome;
  return { id: deliveryId, attempt, status, error, milliseconds: Math.round(milliseconds), retry_in: retryIn };
};

const largestId = '9223372036854775807';
const isDeliveryId = (text: string): boolean => /^\d{1,18}$/.test(text);

/** Makes the webhook store over PostgreSQL. It runs in the role of jobs; requests can only add to the outbox. */
export const makeWebhookStore = ({ database }: { database: Database }): WebhookStore => ({
  ...makeWebhookEndpoints(database),

  dispatch: (limit, now, route) =>
    asJob(database, { timeout }, async (execute) => {
      const changes = (await execute<OutboxRecord>(selectNew, [limit])).map(outboxEntryOf);
      if (changes.length === 0) return 0;
      // Read after the changes: an endpoint that was there when one of them was made is among these.
      const endpoints = await selectEndpoints(database, execute, { disabled: null });
      const routed = changes.flatMap((change) =>
        route(change, endpoints).map((endpoint) => ({ endpoint, event: change.id })),
      );
      await execute(insertDeliveries, [now, JSON.stringify(routed)]);
      await execute('update taskward.outbox set dispatched = true where id = any (?)', [changes.map(({ id }) => id)]);
      return changes.length;
    }),

  due: (now) =>
    asJob(database, { timeout }, async (execute) => {
      const found = await execute<{ id: string }>(
        `select e.id from taskward.webhook_endpoints e where e.disabled is null and exists (
           select from taskward.webhook_deliveries d where d.endpoint_id = e.id and d.state = 'pending' and d.at <= ?::timestamptz
         )`,
        [now],
      );
      if (found.length === 0) return [];
      return selectEndpoints(database, execute, { id: { $in: found.map(({ id }) => id) } });
    }),

  claim: (endpoint, now, { lease, limit }) =>
    asJob(database, { timeout }, async (execute) => {
      const rows = await execute<OutboxRecord & { delivery_id: string; attempts: number }>(claimDue, [
        ...[endpoint, now, limit],
        ...[now, lease],
      ]);
      return rows.map(
        (row): ClaimedDelivery => ({
          ...outboxEntryOf(row),
          deliveryId: row.delivery_id,
          attempt: row.attempts,
        }),
      );
    }),

  settle: (settled, now) =>
    asJob(database, { timeout }, async (execute) => {
      await execute(settleClaimed, [now, JSON.stringify(settled.map(settledRecord))]);
    }),

  deliveries: (endpoint, before = largestId, limit) =>
    asJob(database, { timeout }, async (execute) =>
      (await execute<DeliveryRow>(selectDeliveries, [endpoint, before, limit])).map(deliveryOf),
    ),

  async redeliver(id, now) {
    if (!isDeliveryId(id)) return false;
    return asJob(database, { timeout }, async (execute) => (await execute(redeliver, [now, id])).length > 0);
  },

  purge: ({ now, lifetime, limit }) =>
    asJob(database, { timeout }, async (execute) => (await execute(purgeOld, [now, lifetime, limit])).length),
});
