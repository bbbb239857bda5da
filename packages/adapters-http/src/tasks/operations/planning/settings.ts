import { NoQuerySchema, ref, SettingsChangesSchema, SettingsSchema } from '@taskward/task-schemas';
import type { Static } from 'typebox';
import { Type } from 'typebox';
import { resultResponse } from '../../responses.ts';
import * as documented from '../documentation.ts';
import { type Call, defineOperation } from '../operation.ts';

const path = '/settings';

export const getSettings = defineOperation({
  method: 'GET',
  path,
  schema: (style) => ({
    ...documented.described(style, 'getSettings', 'Read how the user counts days'),
    description:
      'The user’s time zone, and when their days and weeks start: what `due_at`, reminders and `due=today` go by.',
    params: style.parameters.list,
    querystring: NoQuerySchema,
    response: {
      200: documented.responseOf('The settings.', style.responses.of(ref(SettingsSchema))),
      ...documented.errorResponses(style, documented.common),
    },
  }),
  input: ({ owner }: Call) => ({ owner }),
  run: async ({ getSettings }, input, { actor, style }) => resultResponse(style, await getSettings(actor, input)),
});

export const changeSettings = defineOperation({
  method: 'PATCH',
  path,
  isKeyed: true,
  schema: (style) => ({
    ...documented.described(style, 'changeSettings', 'Change how the user counts days'),
    description:
      'Changes the named settings. In the same step, `due_at` and the reminders of every task whose dates go by them are computed anew; dates that name their zone, and instants, stay what they are.',
    consumes: ['application/json', 'application/merge-patch+json'],
    params: style.parameters.list,
    querystring: NoQuerySchema,
    headers: Type.Object(documented.idempotencyKey),
    body: SettingsChangesSchema,
    response: {
      200: documented.responseOf('All settings.', style.responses.of(ref(SettingsSchema)), documented.replayed),
      ...documented.errorResponses(style, [...documented.common, ...documented.keyedWriteErrors]),
    },
  }),
  input: ({ request, owner }: Call<{ Body: Static<typeof SettingsChangesSchema> }>) => ({
    owner,
    changes: request.body,
  }),
  run: async ({ changeSettings }, input, { actor, style }) => resultResponse(style, await changeSettings(actor, input)),
});
