export { buildHttpApp, type HttpOptions } from './app.ts';
export type { AuthSettings } from './auth/sign-in.ts';
export type { ReadinessCheck } from './health.ts';
