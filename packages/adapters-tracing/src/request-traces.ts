import type { IncomingHttpHeaders } from 'node:http';
import {
  defaultTextMapGetter,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
} from '@opentelemetry/semantic-conventions';
import type { CurrentSpan } from './current-span.ts';

// Of OpenTelemetry's conventions, but not among the stable ones.
const userAttribute = 'enduser.pseudo.id';

interface Request {
  readonly method: string;
  readonly route: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

interface Outcome {
  readonly status: number;
  readonly userId: string | undefined;
  readonly code: string | undefined;
  readonly isAborted: boolean;
}

const errorOf = ({ status, code, isAborted }: Outcome): string | undefined => {
  if (isAborted) return 'aborted';
  return status >= 400 ? (code ?? String(status)) : undefined;
};

const setOutcome = (span: Span, outcome: Outcome, hashed: (userId: string) => string): void => {
  const { status, userId } = outcome;
  span.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, status);
  if (userId !== undefined) span.setAttribute(userAttribute, hashed(userId));
  const error = errorOf(outcome);
  if (error !== undefined) span.setAttribute(ATTR_ERROR_TYPE, error);
  // A client's mistake is none of the server.
  if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
};

const propagator = new W3CTraceContextPropagator();

/**
 * Returns the function that begins the trace of a request: a span with its method, route, status and user, which
 * continues the trace of the caller if the request has a `traceparent`.
 * @param hashed replaces the id of a user
 */
export const makeStartTrace =
  (tracer: Tracer, current: CurrentSpan, hashed: (userId: string) => string) =>
  ({ method, route, headers }: Request) => {
    const parent =
      headers.traceparent === undefined
        ? ROOT_CONTEXT
        : propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter);
    const span = tracer.startSpan(
      route === undefined ? method : `${method} ${route}`,
      {
        kind: SpanKind.SERVER,
        attributes: { [ATTR_HTTP_REQUEST_METHOD]: method, ...(route !== undefined && { [ATTR_HTTP_ROUTE]: route }) },
      },
      parent,
    );
    const { traceId, spanId } = span.spanContext();
    return {
      ids: { trace_id: traceId, span_id: spanId },
      run: (work: () => void) => current.run(span, work),
      end(outcome: Outcome): void {
        if (span.isRecording()) setOutcome(span, outcome, hashed);
        span.end();
      },
    };
  };
