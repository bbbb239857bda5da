import { requestLimits } from '@taskward/application';
import { maxTaskId } from '@taskward/domain';
import { type Static, type TSchema, Type } from 'typebox';

export const closed = { additionalProperties: false } as const;

/** A reference to a schema that the app has registered under its `$id`. */
export const ref = <T extends TSchema>(schema: T & { $id?: string }): TSchema =>
  Type.Unsafe<Static<T>>({ $ref: `${schema.$id}#` });

/** The schema of a moment. */
export const instant = (description: string) =>
  Type.String({
    format: 'date-time',
    description: `${description}, in UTC with milliseconds.`,
    examples: ['2026-11-20T09:30:00.123Z'],
  });

/** The schema of a moment, or of none. */
export const instantOrNull = (description: string) =>
  Type.Unsafe<string | null>({ ...instant(description), type: ['string', 'null'] });

/** A DELETE has no body; `{}` is accepted for clients that send a body with every request. */
export const NoBodySchema = Type.Object({}, { ...closed, title: 'Nothing' });

export const NoQuerySchema = Type.Object({}, closed);

export const defaultLimit = 100;

/** The schema of the parameter `limit`. */
export const pageSize = (description: string) =>
  Type.Optional(
    Type.Integer({
      minimum: requestLimits.limit.min,
      maximum: requestLimits.limit.max,
      default: defaultLimit,
      description,
      examples: [20],
    }),
  );

/** The schema of the parameter `cursor`. */
export const cursorOf = (description: string) => Type.Optional(Type.String({ maxLength: 4096, description }));

/** The query of a list that is read by cursor only. */
export const PageQuerySchema = Type.Object(
  { limit: pageSize('Entries per page.'), cursor: cursorOf('The cursor that came with the previous page.') },
  closed,
);
export type PageQuery = Static<typeof PageQuerySchema>;

export const TaskId = Type.Integer({ minimum: 1, maximum: maxTaskId, description: "The task's id.", examples: [12] });
export const Revision = Type.Integer({
  minimum: 1,
  maximum: Number.MAX_SAFE_INTEGER,
  description: "The value of the owner's change counter after the change.",
  examples: [41],
});
