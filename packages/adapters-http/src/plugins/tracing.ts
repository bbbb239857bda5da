import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { type HttpCode, toHttpError } from '../errors/http-error.ts';
import { healthPaths } from './health.ts';

/** What a trace may know of a request: nothing of its path, query, body or credentials. */
export interface TracedRequest {
  readonly method: string;
  /** The route's template, such as `/api/tasks/:id`. Absent where there is no such path. */
  readonly route: string | undefined;
  /** To read the caller's trace from. */
  readonly headers: IncomingHttpHeaders;
}

/** How a request ended. */
export interface TracedOutcome {
  readonly status: number;
  /** The verified user. */
  readonly userId: string | undefined;
  readonly code: HttpCode | undefined;
  /** Whether the client left before its response was complete. */
  readonly isAborted: boolean;
}

/** The trace of one request. */
export interface RequestTrace {
  /** What the request's lines in the log say of it. */
  readonly ids: Readonly<Record<string, string>>;
  /** Runs `work`, and what follows from it, as part of the trace. */
  run(work: () => void): void;
  end(outcome: TracedOutcome): void;
}

/** Begins the trace of a request. */
export type StartTrace = (request: TracedRequest) => RequestTrace;

declare module 'fastify' {
  interface FastifyRequest {
    /** The request's trace, until it ends. */
    trace: RequestTrace | null;
    /** The code of the error that is sent. */
    tracedCode: HttpCode | null;
  }
}

interface TracingOptions {
  /** Absent: there are no traces. */
  readonly startTrace: StartTrace | undefined;
}

const isEventStream = (reply: FastifyReply): boolean =>
  String(reply.getHeader('content-type')).startsWith('text/event-stream');

const end = (request: FastifyRequest, reply: FastifyReply): void => {
  const { actor, trace, tracedCode } = request;
  request.trace = null;
  trace?.end({
    status: reply.statusCode,
    userId: actor?.kind === 'owner' ? actor.userId : undefined,
    code: tracedCode ?? undefined,
    isAborted: reply.raw.destroyed && !reply.raw.writableFinished,
  });
};

/** Traces every request but health checks. The trace of a stream of events ends when its response begins. */
export const tracing = fp<TracingOptions>(
  async (app, { startTrace }) => {
    if (startTrace === undefined) return;
    app.decorateRequest('trace', null);
    app.decorateRequest('tracedCode', null);

    app.addHook('onRequest', (request, _reply, done) => {
      const { url } = request.routeOptions;
      if (healthPaths.includes(url ?? '')) return done();
      const trace = startTrace({
        method: request.method,
        route: request.is404 ? undefined : url,
        headers: request.headers,
      });
      request.trace = trace;
      request.log = request.log.child(trace.ids) as FastifyBaseLogger;
      trace.run(done);
    });
    // The body was read on behalf of the connection, not of this request.
    app.addHook('preValidation', ({ trace }, _reply, done) => {
      if (trace === null) done();
      else trace.run(done);
    });
    app.addHook('onError', (request, _reply, error, done) => {
      if (request.trace !== null) request.tracedCode = toHttpError(error).code;
      done();
    });

    app.addHook('onSend', (request, reply, payload, done) => {
      if (isEventStream(reply)) end(request, reply);
      done(null, payload);
    });
    app.addHook('onResponse', (request, reply, done) => {
      end(request, reply);
      done();
    });
  },
  { name: 'tracing' },
);
