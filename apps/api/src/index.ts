export { type Config, ConfigError, readConfig } from './config.ts';
export { buildContainer, type Cradle } from './container.ts';
export { issueDevelopmentToken } from './development-token.ts';
export { examine, type Finding } from './doctor.ts';
export { type ForgettingBounds, forgetOldAnswers } from './forgetting.ts';
export { acquireResources, dataDirectory, loadEnvironment, type Resources } from './local-resources.ts';
export { prepareDatabase, runMigrations } from './migrations.ts';
export { type Server, startServer } from './server.ts';
