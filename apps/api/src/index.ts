export { type Config, ConfigError, readConfig } from './config.ts';
export { buildContainer, type Cradle } from './container.ts';
export { issueDevelopmentToken } from './development-token.ts';
export { type Diagnosis, diagnose } from './doctor.ts';
export { acquireResources, loadEnvironment, type Resources } from './local-resources.ts';
export { prepareDatabase, runMigrations } from './migrations.ts';
export { type PurgeBounds, purgeExpiredKeys } from './purge-idempotency-keys.ts';
export { type Server, startServer } from './server.ts';
