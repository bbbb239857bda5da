export type { SamplerName } from './sampling.ts';
export { startTracing, type Tracing, type TracingSettings } from './tracing.ts';
