import { defineEntity, type PolicyDef, p } from '@mikro-orm/core';
import { type FieldName, fieldNames, searchedFields } from '@taskward/domain';
import { columnOf, foldedColumn } from '../stores/tasks/task-columns.ts';
import { jobsRole, requestRole, schema, userSetting } from './names.ts';

/**
 * SQL: the user whom the transaction names. A setting that an earlier transaction of the connection has set reads as '': that is
 * no user, and admits no row.
 */
export const namedUser = `nullif(current_setting('${userSetting}', true), '')`;
/** SQL: whether a column has the named user. */
export const ofNamedUser = (column: string): string => `${column} = ${namedUser}`;

/** The condition of a policy that admits the rows of the named user, and all rows where none is named. */
export const ofNamedUserOrAll = (column: string): string => `${column} = coalesce(${namedUser}, ${column})`;

/** Admits requests to the rows of their own user only. Every table with data of users has this policy. */
const ownerPolicy = (table: string, column: string): PolicyDef => ({
  name: `${table}_owner`,
  roles: [requestRole],
  using: ofNamedUser(column),
  check: ofNamedUser(column),
});

/** Lets jobs see all rows and delete expired ones; a job that names a user, as an erasure does, only that user's. */
const purgePolicies = (table: string, column: string): PolicyDef[] => [
  { name: `${table}_jobs_see`, command: 'select', roles: [jobsRole], using: 'true' },
  {
    name: `${table}_jobs_purge`,
    command: 'delete',
    roles: [jobsRole],
    using: ofNamedUserOrAll(column),
  },
  { name: `${table}_jobs_lock`, command: 'update', roles: [jobsRole], using: 'true', check: 'false' },
];

/** A PostgreSQL domain, which checks the length. */
export const identifier = `${schema}.identifier`;

const contentProperty = (name: FieldName) => {
  const { type, domain, nullable, collation } = columnOf(name);
  const plain = p
    .type(type)
    .columnType(domain === undefined ? type : `${schema}.${domain}`)
    .fieldName(name);
  const property = collation === undefined ? plain : plain.collation(collation);
  return nullable ? property.nullable() : property;
};
const contentProperties = Object.fromEntries(fieldNames.map((name) => [name, contentProperty(name)])) as Record<
  FieldName,
  ReturnType<typeof contentProperty>
>;

// For search and sorting: '' where the text is ASCII, null where it is not folded yet.
const foldedProperties = Object.fromEntries(
  searchedFields.map((name) => [`${name}Folded`, p.text().fieldName(foldedColumn(name)).nullable()]),
);

/** A user as stored, with their counters. */
export const UserRow = defineEntity({
  name: 'UserRow',
  tableName: 'users',
  schema,
  properties: {
    id: p.text().columnType(identifier).primary(),
    lastTaskId: p.integer().default(0),
    revision: p.bigint('string').default('0'),
    // How many tasks were removed; null until they are first counted.
    removedCount: p.integer().nullable(),
    createdAt: p.type('timestamptz(3)').$type<string>(),
    // Another one after the user was erased, or a backup was restored: what clients know is then void.
    epoch: p.integer().defaultRaw('1 + floor(random() * 2147483646)::integer'),
    // Changes up to this revision may have been removed from the log.
    oldestRevision: p.bigint('string').default('0'),
    // Null where the user has set nothing.
    timeZone: p.text().nullable(),
    dayStartsAt: p.text().nullable(),
    weekStartsOn: p.text().nullable(),
  },
  rowLevelSecurity: 'force',
  policies: [
    ownerPolicy('users', 'id'),
    { name: 'users_jobs', command: 'select', roles: [jobsRole], using: 'true' },
    { name: 'users_jobs_erase', command: 'delete', roles: [jobsRole], using: ofNamedUser('id') },
    {
      name: 'users_jobs_bound',
      command: 'update',
      roles: [jobsRole],
      using: ofNamedUser('id'),
      check: ofNamedUser('id'),
    },
  ],
});

/** A task as stored. Every key starts with the owner, so that a distributed PostgreSQL can shard by it. */
export const TaskRow = defineEntity({
  name: 'TaskRow',
  tableName: 'tasks',
  schema,
  properties: {
    user: () => p.manyToOne(UserRow).primary().fieldName('user_id').columnType('text').deleteRule('cascade'),
    id: p.integer().primary(),
    createdAt: p.type('timestamptz(3)').$type<string>(),
    updatedAt: p.type('timestamptz(3)').$type<string>(),
    revision: p.bigint('string'),
    ...contentProperties,
    // The tags as they are compared.
    tagKeys: p.array().columnType('text[]').nullable(),
    completedAt: p.type('timestamptz(3)').$type<string>().nullable(),
    // What the dates mean by the user's settings.
    dueAt: p.type('timestamptz(3)').$type<string>().nullable(),
    remindAt: p.array().columnType('timestamptz(3)[]').nullable(),
    ...foldedProperties,
  },
  indexes: [
    { name: 'tasks_created_at_idx', properties: ['user', 'createdAt', 'id'] },
    { name: 'tasks_due_at_idx', properties: ['user', 'dueAt', 'id'], where: 'due_at is not null' },
    { name: 'tasks_position_idx', properties: ['user', 'position', 'id'], where: 'position is not null' },
    {
      name: 'tasks_remind_at_idx',
      expression: 'create index tasks_remind_at_idx on taskward.tasks ((remind_at[1])) where remind_at is not null',
    },
  ],
  rowLevelSecurity: 'force',
  policies: [
    ownerPolicy('tasks', 'user_id'),
    { name: 'tasks_jobs_remind', command: 'select', roles: [jobsRole], using: 'remind_at is not null' },
  ],
});

/** The stored response of a call with an idempotency key. */
export const IdempotencyKeyRow = defineEntity({
  name: 'IdempotencyKeyRow',
  tableName: 'idempotency_keys',
  schema,
  properties: {
    userId: p.text().columnType(identifier).primary(),
    key: p.text().columnType(identifier).primary(),
    fingerprint: p.text(),
    response: p.text(),
    // The compressed form of a long response; `response` is empty then.
    packed: p.blob().nullable(),
    createdAt: p.type('timestamptz(3)').$type<string>(),
  },
  indexes: [{ name: 'idempotency_keys_created_at_idx', properties: ['createdAt'] }],
  rowLevelSecurity: 'force',
  policies: [ownerPolicy('idempotency_keys', 'user_id'), ...purgePolicies('idempotency_keys', 'user_id')],
});

/** How much one user's stored responses take up, counted from `since` for one lifetime. */
export const IdempotencyUsageRow = defineEntity({
  name: 'IdempotencyUsageRow',
  tableName: 'idempotency_usage',
  schema,
  properties: {
    userId: p.text().columnType(identifier).primary(),
    since: p.type('timestamptz(3)').$type<string>(),
    keys: p.integer(),
    bytes: p.bigint('string'),
    maxKeys: p.integer(),
    maxBytes: p.bigint('string'),
  },
  checks: [{ name: 'idempotency_usage_bounds', expression: 'keys <= max_keys and bytes <= max_bytes' }],
  indexes: [{ name: 'idempotency_usage_since_idx', properties: ['since'] }],
  rowLevelSecurity: 'force',
  policies: [ownerPolicy('idempotency_usage', 'user_id'), ...purgePolicies('idempotency_usage', 'user_id')],
});

/** The external id of an imported task. It outlives the task, so that a deleted task is not imported again. */
export const ImportRow = defineEntity({
  name: 'ImportRow',
  tableName: 'imports',
  schema,
  properties: {
    user: () => p.manyToOne(UserRow).primary().fieldName('user_id').columnType('text').deleteRule('cascade'),
    externalId: p.text().columnType(identifier).primary(),
    taskId: p.integer(),
  },
  rowLevelSecurity: 'force',
  policies: [ownerPolicy('imports', 'user_id')],
});

/** A change of a task. The log has one for each, and gives back deleted tasks and earlier values. */
export const ChangeRow = defineEntity({
  name: 'ChangeRow',
  tableName: 'changes',
  schema,
  properties: {
    userId: p.text().columnType(identifier).primary(),
    revision: p.bigint('string').primary(),
    taskId: p.integer(),
    kind: p.text().columnType(`${schema}.change_kind`),
    at: p.type('timestamptz(3)').$type<string>(),
    // Previous values of an update's fields, or all of a deleted task; null for what was purged.
    before: p.json().columnType('json').nullable(),
    batch: p.bigint('string').nullable(),
    requestId: p.text().nullable(),
  },
  indexes: [
    { name: 'changes_task_idx', properties: ['userId', 'taskId', 'revision'] },
    {
      name: 'changes_trash_idx',
      properties: ['userId', 'revision'],
      where: "kind = 'deleted' and before is not null",
    },
    { name: 'changes_at_idx', properties: ['at'], type: 'brin' },
  ],
  rowLevelSecurity: 'force',
  policies: [
    ownerPolicy('changes', 'user_id'),
    { name: 'changes_jobs_see', command: 'select', roles: [jobsRole], using: ofNamedUserOrAll('user_id') },
    { name: 'changes_jobs_purge', command: 'delete', roles: [jobsRole], using: ofNamedUser('user_id') },
  ],
});
