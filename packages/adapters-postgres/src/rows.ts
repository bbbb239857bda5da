import { defineEntity, p } from '@mikro-orm/core';
import { jobsRole, requestRole, schema, userSetting } from './names.ts';

// In a sub-select, so that PostgreSQL evaluates the setting once a statement and not once a row. A setting that was
// set earlier on the same connection reads as '' afterwards: that is no user, and admits no row.
const ownerOnly = (column: string) => `${column} = (select nullif(current_setting('${userSetting}', true), ''))`;

/** A user as stored: the head of their tasks' id sequence and change counter. */
export const UserRow = defineEntity({
  name: 'UserRow',
  tableName: 'users',
  schema,
  properties: {
    id: p.text().primary(),
    lastTaskId: p.integer().default(0),
    revision: p.bigint('string').default('0'),
    createdAt: p.type('timestamptz(3)').$type<string>(),
  },
  checks: [{ name: 'users_id_check', expression: 'char_length(id) between 1 and 255' }],
  rowLevelSecurity: 'force',
  policies: [
    { name: 'users_owner', roles: [requestRole], using: ({ id }) => ownerOnly(id), check: ({ id }) => ownerOnly(id) },
    { name: 'users_jobs', command: 'select', roles: [jobsRole], using: 'true' },
    { name: 'users_jobs_erase', command: 'delete', roles: [jobsRole], using: ({ id }) => ownerOnly(id) },
  ],
});

/** A task as stored. Every key starts with the owner, so a distributed PostgreSQL can shard on it. */
export const TaskRow = defineEntity({
  name: 'TaskRow',
  tableName: 'tasks',
  schema,
  properties: {
    user: () => p.manyToOne(UserRow).primary().fieldName('user_id').deleteRule('cascade'),
    id: p.integer().primary(),
    title: p.text(),
    description: p.text().nullable(),
    completed: p.boolean(),
    createdAt: p.type('timestamptz(3)').$type<string>(),
    updatedAt: p.type('timestamptz(3)').$type<string>(),
    revision: p.bigint('string'),
  },
  indexes: [{ name: 'tasks_created_at_idx', properties: ['user', 'createdAt', 'id'] }],
  checks: [
    { name: 'tasks_title_check', expression: 'char_length(title) between 1 and 200' },
    { name: 'tasks_description_check', expression: 'char_length(description) <= 1000' },
  ],
  rowLevelSecurity: 'force',
  policies: [
    {
      name: 'tasks_owner',
      roles: [requestRole],
      using: ({ user }) => ownerOnly(user),
      check: ({ user }) => ownerOnly(user),
    },
  ],
});

/** The answer to a call that is to have its effect once. */
export const AnswerRow = defineEntity({
  name: 'AnswerRow',
  tableName: 'answers',
  schema,
  properties: {
    userId: p.text().primary(),
    key: p.text().primary(),
    fingerprint: p.text(),
    answer: p.text(),
    createdAt: p.type('timestamptz(3)').$type<string>(),
  },
  indexes: [{ name: 'answers_created_at_idx', properties: ['createdAt'] }],
  checks: [
    { name: 'answers_user_id_check', expression: 'char_length(user_id) between 1 and 255' },
    { name: 'answers_key_check', expression: 'char_length(key) between 1 and 255' },
  ],
  rowLevelSecurity: 'force',
  policies: [
    {
      name: 'answers_owner',
      roles: [requestRole],
      using: ({ userId }) => ownerOnly(userId),
      check: ({ userId }) => ownerOnly(userId),
    },
    { name: 'answers_jobs_see', command: 'select', roles: [jobsRole], using: 'true' },
    { name: 'answers_jobs_forget', command: 'delete', roles: [jobsRole], using: 'true' },
  ],
});

/** Under which external id a task was imported. The task may be gone: its external id stays taken. */
export const ImportRow = defineEntity({
  name: 'ImportRow',
  tableName: 'imports',
  schema,
  properties: {
    user: () => p.manyToOne(UserRow).primary().fieldName('user_id').deleteRule('cascade'),
    externalId: p.text().primary(),
    taskId: p.integer(),
  },
  checks: [{ name: 'imports_external_id_check', expression: 'char_length(external_id) between 1 and 255' }],
  rowLevelSecurity: 'force',
  policies: [
    {
      name: 'imports_owner',
      roles: [requestRole],
      using: ({ user }) => ownerOnly(user),
      check: ({ user }) => ownerOnly(user),
    },
  ],
});
