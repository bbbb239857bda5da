import { closed } from '@taskward/task-schemas';
import { type Static, Type } from 'typebox';
import type { ApiStyle } from '../tasks/api-styles.ts';
import * as documented from '../tasks/operations/documentation.ts';

export const EventsQuerySchema = Type.Object(
  {
    // Of any length, as for the list of changes: a text that is no cursor is a reset, and not an error.
    since: Type.Optional(
      Type.String({
        description: 'A `cursor` of the list of changes. Without it the stream begins with what changes now.',
      }),
    ),
  },
  closed,
);
export type EventsQuery = Static<typeof EventsQuerySchema>;

const example = [
  'retry: 2731',
  'id: 8vZ5JzEgNDE',
  '',
  'event: change',
  'id: 5Y0lyDEgNDI',
  'data: {"op":"delete","id":12,"revision":42,"at":"2026-11-20T09:31:00.123Z"}',
  '',
  '',
].join('\n');

/** Returns the schema of the stream of events, in an API style. */
export const eventsSchema = (style: ApiStyle) => ({
  ...documented.described(style, 'streamEvents', 'Follow changes'),
  description:
    'Server-Sent Events: each change of a task as an event `change`, whose data is a row of the list of changes and whose `id` is a cursor of it. When a reminder comes due, an event `reminder` has `reminder` (`at`, `late`), `task` and its place in the log as `revision`; it changes no task. Three events come last, each with a sentence in `message`: `reset`, when the changes since the cursor are not kept, so start again with the list of changes; `lag`, when you read too slowly; `expired`, with the token. Without one of them the connection was lost: connect again with `Last-Event-ID`, which an `EventSource` does by itself.',
  params: style.parameters.list,
  querystring: EventsQuerySchema,
  headers: Type.Object({
    'Last-Event-ID': Type.Optional(
      Type.String({ description: 'The `id` of the last event: goes on after it. Takes precedence over `since`.' }),
    ),
  }),
  response: {
    200: {
      description: 'The events, until the client closes the connection.',
      headers: documented.requestId,
      content: { 'text/event-stream': { schema: Type.String({ examples: [example] }) } },
    },
    ...documented.errorResponses(style, [...documented.common, 'server/overloaded']),
  },
});
