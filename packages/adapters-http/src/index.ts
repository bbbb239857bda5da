export { buildHttpApp, type HttpOptions } from './app.ts';
export type { AuthSettings } from './auth/authenticate.ts';
export type { ClaimsPolicy } from './auth/claims.ts';
export { type KeySet, keySetAlgorithms, makeKeySet } from './auth/key-set.ts';
export { statuses } from './errors/http-error.ts';
export type { ReadinessCheck } from './plugins/health.ts';
export { isPathPrefix } from './plugins/public-url.ts';
export type { RateLimitSettings } from './plugins/rate-limit.ts';
