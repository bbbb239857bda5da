import type { SamplerName } from '@taskward/adapters-tracing';
import { makeValidator } from 'envalid';
import { url, yesOrNo } from './config-values.ts';

// Not imported from the adapter: that would load OpenTelemetry in every process.
const samplers: readonly SamplerName[] = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
];

const sampler = makeValidator((text: string): SamplerName => {
  const found = samplers.find((name) => name === text.toLowerCase());
  if (found === undefined) throw new Error(`must be one of ${samplers.join(', ')}`);
  return found;
});

const ratio = makeValidator((text: string) => {
  const number = Number(text);
  if (!/^\d*\.?\d+$/.test(text) || number > 1) throw new Error('must be a number from 0 to 1');
  return number;
});

// A collector takes both of OTLP's encodings at the same address. gRPC has a port of its own.
const protocol = makeValidator((text: string) => {
  if (text !== 'http/json' && text !== 'http/protobuf')
    throw new Error('must be `http/json`: traces are sent over HTTP, to the port that is usually 4318');
  return text;
});

const collector = url(/^https?:$/, 'http://localhost:4318');

/** The variables of OpenTelemetry that are checked at the start. Its libraries read the others themselves. */
export const tracingVariables = {
  OTEL_EXPORTER_OTLP_ENDPOINT: collector({ default: undefined }),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: collector({ default: undefined }),
  OTEL_EXPORTER_OTLP_PROTOCOL: protocol({ default: undefined }),
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: protocol({ default: undefined }),
  OTEL_SDK_DISABLED: yesOrNo({ default: false }),
  OTEL_TRACES_SAMPLER: sampler({ default: 'parentbased_always_on' }),
  OTEL_TRACES_SAMPLER_ARG: ratio({ default: 1 }),
};

/** Which requests are traced. */
export interface TracingConfig {
  readonly sampler: SamplerName;
  /** The part of requests that a sampler by ratio traces, 0 to 1. */
  readonly ratio: number;
}

interface TracingValues {
  readonly OTEL_EXPORTER_OTLP_ENDPOINT: string | undefined;
  readonly OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: string | undefined;
  readonly OTEL_SDK_DISABLED: boolean;
  readonly OTEL_TRACES_SAMPLER: SamplerName;
  readonly OTEL_TRACES_SAMPLER_ARG: number;
}

/** Returns how to trace, or `undefined` where traces have nowhere to go or are switched off. */
export const tracingOf = (values: TracingValues): TracingConfig | undefined => {
  const endpoint = values.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? values.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (endpoint === undefined || values.OTEL_SDK_DISABLED) return undefined;
  return { sampler: values.OTEL_TRACES_SAMPLER, ratio: values.OTEL_TRACES_SAMPLER_ARG };
};
