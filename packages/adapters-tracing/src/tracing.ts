import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  resourceAttributesEnvDetector,
  resourceFromAttributes,
  serviceInstanceIdDetector,
  serviceNameEnvDetector,
} from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { ATTR_SERVICE_NAME, ATTR_SERVICE_VERSION } from '@opentelemetry/semantic-conventions';
import type { RoundTripObserver } from '@taskward/owner-transactions';
import { CurrentSpan } from './current-span.ts';
import { makeReportingExporter } from './reporting-exporter.ts';
import { makeStartTrace } from './request-traces.ts';
import { makeRoundTripSpans } from './round-trip-spans.ts';
import { makeSampler, type SamplerName } from './sampling.ts';
import { makeUserHash } from './user-hash.ts';

/** How requests are traced. Where spans are sent is read from the environment: OTEL_EXPORTER_OTLP_…, OTEL_SERVICE_NAME, … */
export interface TracingSettings {
  readonly sampler: SamplerName;
  /** The part of requests that a sampler by ratio traces, 0 to 1. */
  readonly ratio: number;
  /** Of Taskward. */
  readonly version: string;
  /** What ids of users are hashed with. */
  readonly userKey: string;
  /** Called with a sentence when spans cannot be sent, at most once a minute, and how many were lost. */
  report(message: string, lost: number): void;
}

/** Traces of requests and of what they do in the database. */
export interface Tracing {
  readonly startTrace: ReturnType<typeof makeStartTrace>;
  readonly observer: RoundTripObserver;
  /** Sends what has not been sent, for two seconds at most. */
  close(): Promise<void>;
}

const flushMilliseconds = 2_000;

const makeResource = (version: string) =>
  defaultResource()
    .merge(resourceFromAttributes({ [ATTR_SERVICE_NAME]: 'taskward', [ATTR_SERVICE_VERSION]: version }))
    .merge(
      detectResources({
        detectors: [serviceInstanceIdDetector, resourceAttributesEnvDetector, serviceNameEnvDetector],
      }),
    );

/** Starts to trace: spans are sent in the background, by OTLP over HTTP, as JSON. */
export const startTracing = ({ sampler, ratio, version, userKey, report }: TracingSettings): Tracing => {
  const provider = new TracerProvider({
    sampler: makeSampler(sampler, ratio),
    resource: makeResource(version),
    spanProcessors: [new BatchSpanProcessor({ exporter: makeReportingExporter(new OTLPTraceExporter(), report) })],
  });
  const tracer = provider.getTracer('taskward', version);
  const current = new CurrentSpan();
  return {
    startTrace: makeStartTrace(tracer, current, makeUserHash(userKey)),
    observer: makeRoundTripSpans(tracer, current),
    async close() {
      let timer: NodeJS.Timeout | undefined;
      const tooLate = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, flushMilliseconds);
      });
      await Promise.race([provider.shutdown().catch(() => {}), tooLate]);
      clearTimeout(timer);
    },
  };
};
