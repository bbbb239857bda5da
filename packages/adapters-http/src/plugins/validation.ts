import {
  ChangedTaskSchema,
  ChangeSchema,
  DeletedTaskSchema,
  HistoryEntrySchema,
  OccurrenceSchema,
  SettingsSchema,
  SummarySchema,
  TagSchema,
  TaskSchema,
} from '@taskward/task-schemas';
import fp from 'fastify-plugin';
import { FailureSchema, ProblemSchema } from '../errors/problem.ts';
import { makeValidatorCompiler } from '../errors/validation.ts';
import type { HttpOptions } from '../options.ts';
import { LimitsSchema, OwnerLimitsSchema } from '../tasks/schemas/limits-schemas.ts';

/** Validates requests by their schemas, and holds the schemas that others refer to. */
export const validation = fp(
  async (app, { useCases }: Pick<HttpOptions, 'useCases'>) => {
    app.setValidatorCompiler(makeValidatorCompiler(useCases.contentFaults));
    // Handlers return bodies of the documented shape, and V8's JSON.stringify takes half as long as a compiled serializer.
    app.setSerializerCompiler(() => JSON.stringify);
    const shared = [
      TaskSchema,
      ChangedTaskSchema,
      SummarySchema,
      TagSchema,
      SettingsSchema,
      OccurrenceSchema,
      LimitsSchema,
      OwnerLimitsSchema,
      ChangeSchema,
      DeletedTaskSchema,
      HistoryEntrySchema,
      ProblemSchema,
      FailureSchema,
    ];
    for (const schema of shared) app.addSchema(schema);
  },
  { name: 'validation' },
);
