import { NoBodySchema, NoQuerySchema, ref, TagChangeSchema, TagChangesSchema, TagSchema } from '@taskward/task-schemas';
import { type Static, Type } from 'typebox';
import { readResponse, resultResponse } from '../../responses.ts';
import * as documented from '../documentation.ts';
import { type Call, defineOperation } from '../operation.ts';

const path = '/tags';

const nameOf = ({ request }: Call): string => (request.params as { name: string }).name;

export const listTags = defineOperation({
  method: 'GET',
  path,
  schema: (style) => ({
    ...documented.described(style, 'listTags', 'List tags'),
    description: 'All tags of the user’s tasks in the order of their texts, each with how many tasks have it.',
    params: style.parameters.list,
    querystring: NoQuerySchema,
    headers: documented.ifNoneMatch,
    response: {
      200: documented.responseOf('The tags.', style.responses.of(Type.Array(ref(TagSchema))), documented.versioned),
      ...documented.notModified,
      ...documented.errorResponses(style, documented.common),
    },
  }),
  input: ({ owner }: Call) => ({ owner }),
  run: async ({ listTags }, input, call) => {
    const { revision, tags } = await listTags(call.actor, input);
    return readResponse(call, path, revision, tags);
  },
});

export const renameTag = defineOperation({
  method: 'PATCH',
  path: `${path}/:name`,
  isKeyed: true,
  schema: (style) => ({
    ...documented.described(style, 'renameTag', 'Rename a tag'),
    description:
      'Renames the tag on all tasks that have it, in one step, which can be undone as one. A tag is named in any case, percent-encoded.',
    consumes: ['application/json', 'application/merge-patch+json'],
    params: style.parameters.tag,
    querystring: NoQuerySchema,
    headers: Type.Object(documented.idempotencyKey),
    body: TagChangesSchema,
    response: {
      200: documented.responseOf(
        'How many tasks were changed.',
        style.responses.of(TagChangeSchema),
        documented.replayed,
      ),
      ...documented.errorResponses(style, [
        ...documented.common,
        ...documented.keyedWriteErrors,
        'tag/not-found',
        'tag/exists',
      ]),
    },
  }),
  input: (call: Call<{ Body: Static<typeof TagChangesSchema> }>) => {
    const { name: newName, merge = false } = call.request.body;
    return { owner: call.owner, name: nameOf(call), newName, merge };
  },
  run: async ({ renameTag }, input, { actor, style }) => resultResponse(style, await renameTag(actor, input)),
});

export const removeTag = defineOperation({
  method: 'DELETE',
  path: `${path}/:name`,
  schema: (style) => ({
    ...documented.described(style, 'removeTag', 'Remove a tag'),
    description: 'Takes the tag off all tasks that have it, in one step, which can be undone as one. The tasks stay.',
    params: style.parameters.tag,
    querystring: NoQuerySchema,
    body: NoBodySchema,
    response: {
      200: documented.responseOf('How many tasks were changed.', style.responses.of(TagChangeSchema)),
      ...documented.errorResponses(style, [...documented.common, ...documented.bodyErrors, 'tag/not-found']),
    },
  }),
  input: (call: Call) => ({ owner: call.owner, name: nameOf(call) }),
  run: async ({ removeTag }, input, { actor, style }) => resultResponse(style, await removeTag(actor, input)),
});
