// The floor: the cost of Fastify and pg with hand-written SQL and nothing else. No row security, ETag, domain, rate limit
// or CORS.
import { createVerifier } from 'fast-jwt';
import Fastify, { type FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { openStore, type Sort, type Status, sorts, statuses } from './store.ts';

const { DATABASE_URL = '', BETTER_AUTH_SECRET = '', PORT, DB_POOL_SIZE, FLOOR_PIPELINED } = process.env;

const store = await openStore(DATABASE_URL, Number(DB_POOL_SIZE), FLOOR_PIPELINED === '1');
const verify = createVerifier({ key: BETTER_AUTH_SECRET, algorithms: ['HS256'], cache: false });
const app = Fastify({ logger: false });

const refusal = (statusCode: number, message: string) => Object.assign(new Error(message), { statusCode });

const subjectOf = (token: string): unknown => {
  try {
    return verify(token).sub;
  } catch {
    throw refusal(401, 'Invalid token');
  }
};

app.addHook('onRequest', async (request: FastifyRequest) => {
  const { authorization } = request.headers;
  if (authorization === undefined || !authorization.startsWith('Bearer ')) throw refusal(401, 'Not authenticated');
  if (subjectOf(authorization.slice(7)) !== (request.params as { user_id: string }).user_id) {
    throw refusal(403, 'Forbidden');
  }
});

const nullable = <T>(schema: object) => Type.Unsafe<T | null>({ ...schema, nullable: true });
const nullableText = (options: object = {}) => nullable<string>({ type: 'string', ...options });
const time = Type.Unsafe<Date>({ type: 'string', format: 'date-time' });
const anyObject = { type: 'object', additionalProperties: true };
const Task = Type.Object({
  id: Type.Integer(),
  user_id: Type.String(),
  title: Type.String(),
  description: nullableText(),
  completed: Type.Boolean(),
  priority: nullableText(),
  tags: Type.Array(Type.String()),
  due_date: nullableText(),
  due_at: nullable<Date>(time),
  repeat: nullable<object>(anyObject),
  reminders: Type.Array(Type.Unsafe<object>(anyObject)),
  position: Type.String(),
  metadata: Type.Unsafe<object>(anyObject),
  completed_at: nullable<Date>(time),
  created_at: time,
  updated_at: time,
  revision: Type.Integer(),
});
const Owner = Type.Object({ user_id: Type.String() });
const One = Type.Object({ user_id: Type.String(), id: Type.Integer() });
const Page = Type.Object({
  status: Type.Unsafe<Status>({ enum: statuses, default: 'all' }),
  sort: Type.Unsafe<Sort>({ enum: sorts, default: '-created_at' }),
  limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
  offset: Type.Integer({ minimum: 0, default: 0 }),
});
const NewTask = Type.Object({
  title: Type.String({ minLength: 1, maxLength: 200 }),
  description: Type.Optional(nullableText({ maxLength: 1000 })),
});

const found = <T>(task: T | undefined): T => {
  if (task === undefined) throw refusal(404, 'Task not found');
  return task;
};

app.get<{ Params: Static<typeof Owner>; Querystring: Static<typeof Page> }>(
  '/api/:user_id/tasks',
  { schema: { params: Owner, querystring: Page, response: { 200: Type.Array(Task) } } },
  ({ params, query }) => store.list(params.user_id, query),
);

app.post<{ Params: Static<typeof Owner>; Body: Static<typeof NewTask> }>(
  '/api/:user_id/tasks',
  { schema: { params: Owner, body: NewTask, response: { 201: Task } } },
  async ({ params, body }, reply) => {
    reply.code(201);
    return store.create(params.user_id, body.title, body.description ?? null);
  },
);

const one = { schema: { params: One, response: { 200: Task } } };

app.get<{ Params: Static<typeof One> }>('/api/:user_id/tasks/:id', one, async ({ params }) =>
  found(await store.get(params.user_id, params.id)),
);

app.patch<{ Params: Static<typeof One> }>('/api/:user_id/tasks/:id/complete', one, async ({ params }) =>
  found(await store.toggle(params.user_id, params.id)),
);

await app.listen({ host: '127.0.0.1', port: Number(PORT) });
process.on('SIGTERM', () => process.exit(0));
