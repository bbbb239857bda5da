import { notModified } from '../../../messages/http-response.ts';
import { idOf } from '../../input.ts';
import { isKnown, taskTag } from '../../preconditions.ts';
import { taskResponse } from '../../responses.ts';
import * as documented from '../documentation.ts';
import { type Call, defineOperation } from '../operation.ts';

export const get = defineOperation({
  method: 'GET',
  path: '/:id',
  schema: (style) => ({
    ...documented.described(style, 'getTask', 'Read a task'),
    ...documented.onOneTask(style),
    headers: documented.ifNoneMatch,
    response: {
      200: documented.responseOf('The task.', style.responses.task, { ETag: documented.etag }),
      ...documented.notModified,
      ...documented.errorResponses(style, documented.ofTask),
    },
  }),
  input: ({ request, owner }: Call) => ({ owner, id: idOf(request) }),
  run: async ({ getTask }, input, { request, actor, style }) => {
    const task = await getTask(actor, input);
    return isKnown(request, task) ? notModified(taskTag(task)) : taskResponse(style, task);
  },
});
