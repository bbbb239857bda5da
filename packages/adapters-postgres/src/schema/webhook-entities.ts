import { defineEntity, type PolicyDef, p } from '@mikro-orm/core';
import { identifier, ofNamedUser, ofNamedUserOrAll } from './entities.ts';
import { jobsRole, requestRole, schema } from './names.ts';

/** Admits jobs only. */
const jobsPolicy = (table: string): PolicyDef => ({
  name: `${table}_jobs`,
  roles: [jobsRole],
  using: 'true',
  check: 'true',
});

const instant = () => p.type('timestamptz(3)').$type<string>();

/** A receiver of events. */
export const WebhookEndpointRow = defineEntity({
  name: 'WebhookEndpointRow',
  tableName: 'webhook_endpoints',
  schema,
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    url: p.text().unique('webhook_endpoints_url_key'),
    events: p.array().columnType('text[]'),
    createdAt: instant(),
    secretVersion: p.integer().default(1),
    previousUntil: instant().nullable(),
    givesUpAt: instant().nullable(),
    disabled: p.text().nullable(),
  },
  rowLevelSecurity: 'force',
  policies: [jobsPolicy('webhook_endpoints')],
});

/** A change of a task that endpoints are to be told of, with the task after it. A trigger on the log of changes adds it. */
export const OutboxRow = defineEntity({
  name: 'OutboxRow',
  tableName: 'outbox',
  schema,
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    userId: p.text().columnType(identifier),
    revision: p.bigint('string'),
    taskId: p.integer(),
    kind: p.text().columnType(`${schema}.change_kind`),
    at: instant(),
    before: p.json().columnType('json').nullable(),
    batch: p.bigint('string').nullable(),
    requestId: p.text().nullable(),
    task: p.json().columnType('json'),
    // Whether it has its deliveries.
    dispatched: p.boolean().default(false),
  },
  indexes: [
    { name: 'outbox_new_idx', properties: ['at'], where: 'not dispatched' },
    { name: 'outbox_user_idx', properties: ['userId'] },
    { name: 'outbox_at_idx', properties: ['at'] },
  ],
  rowLevelSecurity: 'force',
  policies: [
    { name: 'outbox_owner', command: 'insert', roles: [requestRole], check: ofNamedUser('user_id') },
    { name: 'outbox_jobs_see', command: 'select', roles: [jobsRole], using: 'true' },
    { name: 'outbox_jobs_route', command: 'update', roles: [jobsRole], using: 'true', check: 'true' },
    {
      name: 'outbox_jobs_purge',
      command: 'delete',
      roles: [jobsRole],
      using: ofNamedUserOrAll('user_id'),
    },
  ],
});

/** The delivery of an event to an endpoint, with its last attempt. */
export const WebhookDeliveryRow = defineEntity({
  name: 'WebhookDeliveryRow',
  tableName: 'webhook_deliveries',
  schema,
  properties: {
    id: p.bigint('string').primary().autoincrement(),
    endpoint: () => p.manyToOne(WebhookEndpointRow).fieldName('endpoint_id').deleteRule('cascade'),
    event: () => p.manyToOne(OutboxRow).fieldName('event_id').deleteRule('cascade'),
    state: p.text().default('pending'),
    attempts: p.integer().default(0),
    // When a pending delivery is due, or until when a worker has it; when any other was attempted last.
    at: instant(),
    status: p.integer().nullable(),
    error: p.text().nullable(),
    milliseconds: p.integer().nullable(),
  },
  indexes: [
    { name: 'webhook_deliveries_due_idx', properties: ['endpoint', 'at'], where: "state = 'pending'" },
    { name: 'webhook_deliveries_endpoint_id_idx', properties: ['endpoint', 'id'] },
    { name: 'webhook_deliveries_event_id_idx', properties: ['event'] },
  ],
  rowLevelSecurity: 'force',
  policies: [jobsPolicy('webhook_deliveries')],
});
