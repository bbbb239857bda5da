export { type Config, ConfigError, readConfig } from './configuration/config.ts';
export { acquireResources, loadEnvironment, type Resources } from './configuration/local-resources.ts';
export { buildContainer, type Cradle } from './container/container.ts';
export { issueDevelopmentToken } from './operations/development-token.ts';
export { type Diagnosis, diagnose } from './operations/doctor.ts';
export { prepareDatabase, runMigrations } from './operations/migrations.ts';
export { type PurgeBounds, purgeExpired, purgeInSteps } from './operations/periodic-purges.ts';
export { startWebhookWorker, type WebhookWorker, type WorkerPace } from './operations/webhook-worker.ts';
export { type Server, startServer } from './server/server.ts';
