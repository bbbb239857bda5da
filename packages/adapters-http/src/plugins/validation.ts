import fp from 'fastify-plugin';
import { FailureSchema, ProblemSchema } from '../errors/problem.ts';
import { makeValidatorCompiler } from '../errors/validation.ts';
import { ChangeSchema } from '../tasks/change-schemas.ts';
import { TaskSchema } from '../tasks/schemas.ts';

/** Validates requests by their schemas, and holds the schemas that others refer to. */
export const validation = fp(
  async (app) => {
    app.setValidatorCompiler(makeValidatorCompiler());
    // Handlers return bodies of the documented shape, and V8's JSON.stringify takes half as long as a compiled serializer.
    app.setSerializerCompiler(() => JSON.stringify);
    for (const schema of [TaskSchema, ChangeSchema, ProblemSchema, FailureSchema]) app.addSchema(schema);
  },
  { name: 'validation' },
);
