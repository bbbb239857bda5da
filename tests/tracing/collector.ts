import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

interface Scope {
  teardown(close: () => void | Promise<void>): void;
}

type Attributes = Readonly<Record<string, unknown>>;

/** A span as a collector receives it. */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly attributes: Attributes;
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
  /** 2 is an error. */
  readonly status: number;
  readonly milliseconds: number;
  /** Of the process. */
  readonly resource: Attributes;
}

interface Value {
  readonly stringValue?: string;
  readonly intValue?: number;
  readonly doubleValue?: number;
  readonly boolValue?: boolean;
}

interface Pair {
  readonly key: string;
  readonly value: Value;
}

/** OTLP's JSON. */
interface Message {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Pair[] };
    readonly scopeSpans: readonly {
      readonly spans: readonly (Omit<ReceivedSpan, 'attributes' | 'links' | 'status'> & {
        readonly attributes: readonly Pair[];
        readonly links?: ReceivedSpan['links'];
        readonly status: { readonly code?: number };
        readonly startTimeUnixNano: string;
        readonly endTimeUnixNano: string;
      })[];
    }[];
  }[];
}

const toAttributes = (pairs: readonly Pair[]): Attributes =>
  Object.fromEntries(
    pairs.map(({ key, value }) => [key, value.stringValue ?? value.intValue ?? value.doubleValue ?? value.boolValue]),
  );

const toSpans = ({ resourceSpans }: Message): ReceivedSpan[] =>
  resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map(({ startTimeUnixNano, endTimeUnixNano, attributes, links = [], status, ...span }) => ({
        ...span,
        attributes: toAttributes(attributes),
        links,
        status: status.code ?? 0,
        milliseconds: Number(BigInt(endTimeUnixNano) - BigInt(startTimeUnixNano)) / 1e6,
        resource: toAttributes(resource.attributes),
      })),
    ),
  );

/** Takes traces by OTLP over HTTP, as JSON. */
export interface Collector {
  /** For OTEL_EXPORTER_OTLP_ENDPOINT. */
  readonly url: string;
  readonly spans: readonly ReceivedSpan[];
  /** The path and headers of each message. */
  readonly messages: readonly { readonly path: string; readonly headers: IncomingHttpHeaders }[];
}

/** Starts a collector. It ends with the test. @param status what it answers, such as 503 */
export const aCollector = async (scope: Scope, status = 200): Promise<Collector> => {
  const spans: ReceivedSpan[] = [];
  const messages: Collector['messages'][number][] = [];
  const server = createServer(async (request, response) => {
    const message = (await json(request)) as Message;
    messages.push({ path: request.url ?? '', headers: request.headers });
    if (status === 200) spans.push(...toSpans(message));
    response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  scope.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, spans, messages };
};
