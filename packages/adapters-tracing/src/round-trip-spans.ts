import { ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import {
  ATTR_DB_SYSTEM_NAME,
  ATTR_ERROR_TYPE,
  DB_SYSTEM_NAME_VALUE_POSTGRESQL,
} from '@opentelemetry/semantic-conventions';
import type { RoundTrip, RoundTripObserver } from '@taskward/owner-transactions';
import type { CurrentSpan } from './current-span.ts';

const attribute = {
  kind: 'taskward.db.kind',
  queries: 'taskward.db.queries',
  requests: 'taskward.db.requests',
  waited: 'taskward.db.waited_ms',
} as const;

// The code alone: a message of the database may quote a row.
const errorType = (error: unknown): string => {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'error';
};

const rounded = (milliseconds: number): number => Math.round(milliseconds * 100) / 100;

/**
 * Returns the observer that makes a span of each round trip, a child of the request's. A round trip that several requests share
 * has a span in the trace of each; all but the first link to that of the first.
 */
export const makeRoundTripSpans = (tracer: Tracer, current: CurrentSpan): RoundTripObserver => {
  const startSpan = (parent: Span, roundTrip: RoundTrip, since: number, first: Span | undefined): Span =>
    tracer.startSpan(
      `database ${roundTrip.kind}`,
      {
        kind: SpanKind.CLIENT,
        attributes: {
          [ATTR_DB_SYSTEM_NAME]: DB_SYSTEM_NAME_VALUE_POSTGRESQL,
          [attribute.kind]: roundTrip.kind,
          [attribute.queries]: roundTrip.queries,
          [attribute.requests]: roundTrip.requests.length,
          [attribute.waited]: rounded(performance.now() - since),
        },
        ...(first && { links: [{ context: first.spanContext() }] }),
      },
      trace.setSpan(ROOT_CONTEXT, parent),
    );

  return {
    caller: () => current.recorded,
    begin(roundTrip) {
      const spans: Span[] = [];
      for (const { caller, since } of roundTrip.requests) {
        const parent = caller as Span | undefined;
        if (parent?.isRecording()) spans.push(startSpan(parent, roundTrip, since, spans[0]));
      }
      return (error) => {
        for (const span of spans) {
          if (error !== undefined) {
            span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute(ATTR_ERROR_TYPE, errorType(error));
          }
          span.end();
        }
      };
    },
  };
};
