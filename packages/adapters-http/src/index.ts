export { buildHttpApp } from './app.ts';
export type { AuthSettings } from './auth/authenticate.ts';
export type { ClaimsPolicy } from './auth/claims.ts';
export { type KeySet, keySetAlgorithms, makeKeySet } from './auth/key-set.ts';
export { type CompatibilitySetting, compatibilitySettings, exclusiveSettings } from './compatibility/settings.ts';
export { statuses } from './errors/http-error.ts';
export type { HttpOptions } from './options.ts';
export type { RateCounter } from './rate-limit/rate-counter.ts';
export { isPathPrefix } from './server/public-url.ts';
