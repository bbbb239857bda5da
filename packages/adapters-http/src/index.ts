export { buildHttpApp, type HttpOptions } from './app.ts';
export type { ClaimsPolicy } from './auth/claims.ts';
export { type KeySet, keySetAlgorithms, makeKeySet } from './auth/key-set.ts';
export type { AuthSettings } from './auth/sign-in.ts';
export { statuses } from './errors.ts';
export type { ReadinessCheck } from './health.ts';
export { isPathPrefix } from './plugins/public-url.ts';
export type { RateLimitSettings } from './rate-limit.ts';
