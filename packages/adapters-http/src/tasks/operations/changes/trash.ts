import { toDeletedTaskRecord } from '@taskward/application';
import {
  DeletedTaskSchema,
  NoBodySchema,
  NoQuerySchema,
  type PageQuery,
  PageQuerySchema,
  PurgedSchema,
  ref,
} from '@taskward/task-schemas';
import { idOf } from '../../input.ts';
import { askedPage, pageResponse } from '../../pages/cursor-page.ts';
import { resultResponse } from '../../responses.ts';
import * as documented from '../documentation.ts';
import { type Call, defineOperation } from '../operation.ts';

const path = '/trash';
const list = ['trash'];

export const listTrash = defineOperation({
  method: 'GET',
  path,
  schema: (style) => ({
    ...documented.described(style, 'listTrash', 'List deleted tasks'),
    description: 'The tasks that can be restored, newest deletion first.',
    params: style.parameters.list,
    querystring: PageQuerySchema,
    response: {
      200: documented.pageOf(style, 'Some of the deleted tasks.', ref(DeletedTaskSchema)),
      ...documented.errorResponses(style, documented.common),
    },
  }),
  input: (call: Call<{ Querystring: PageQuery }>) => ({ owner: call.owner, ...askedPage(call, list) }),
  run: async ({ listTrash }, input, call) => {
    const { tasks, next } = await listTrash(call.actor, input);
    const items = tasks.map((task) => toDeletedTaskRecord(call.owner, task));
    return pageResponse(call, list, path, { items, limit: input.limit, next });
  },
});

export const purgeTrash = defineOperation({
  method: 'DELETE',
  path,
  schema: (style) => ({
    ...documented.described(style, 'purgeTrash', 'Empty the trash'),
    description: 'Removes all deleted tasks for good. Their history keeps what was done, and no content.',
    params: style.parameters.list,
    querystring: NoQuerySchema,
    body: NoBodySchema,
    response: {
      200: documented.responseOf('How many tasks were removed.', style.responses.of(PurgedSchema)),
      ...documented.errorResponses(style, [...documented.common, ...documented.bodyErrors]),
    },
  }),
  input: ({ owner }: Call) => ({ owner }),
  run: async ({ purgeTrash }, input, { actor, style }) =>
    resultResponse(style, { purged: await purgeTrash(actor, input) }),
});

export const purgeTask = defineOperation({
  method: 'DELETE',
  path: `${path}/:id`,
  schema: (style) => ({
    ...documented.described(style, 'purgeTask', 'Remove a deleted task for good'),
    description: 'The task can no longer be restored. Its history keeps what was done, and no content.',
    ...documented.onOneTask(style),
    body: NoBodySchema,
    response: {
      ...documented.deleted(style, 'The task is removed for good.'),
      ...documented.errorResponses(style, [...documented.ofTask, ...documented.bodyErrors]),
    },
  }),
  input: ({ request, owner }: Call) => ({ owner, id: idOf(request) }),
  run: async ({ purgeTrash }, input, { actor, style }) => {
    await purgeTrash(actor, input);
    return style.deleted;
  },
});
