import { type ClientRequest, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';

/** One event, or an id or a time to retry without one. */
export interface ServerEvent {
  readonly event?: string;
  readonly id?: string;
  readonly retry?: string;
  readonly data?: string;
  /** How many comments came before it. */
  readonly comments: number;
}

/** An open stream of events, as a client sees it. */
export interface EventClient {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The next event; `undefined` once the stream has ended. */
  next(): Promise<ServerEvent | undefined>;
  /** The next change of a task: its row. */
  nextChange(): Promise<{ op: string; id: string; row: Record<string, unknown> }>;
  /** All events until the stream ends. */
  rest(): Promise<ServerEvent[]>;
  /** The whole body, of a response that is an error. */
  text(): Promise<string>;
  /** Stops reading, and goes on. */
  readonly response: IncomingMessage;
  /** Cuts the connection. */
  cut(): void;
}

const parsed = (block: string): ServerEvent => {
  const fields: Record<string, string> = {};
  let comments = 0;
  for (const line of block.split('\n')) {
    const [, name = '', value = ''] = /^([^:]*): ?(.*)$/.exec(line) ?? [];
    if (line.startsWith(':')) comments += 1;
    else if (name !== '') fields[name] = value;
  }
  return { ...fields, comments };
};

const opened = (sent: ClientRequest): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    sent.once('response', resolve).on('error', reject).end();
  });

/** Opens a stream of events. It is cut when the test ends. */
export const openEvents = async (
  scope: { teardown(close: () => void): void },
  url: string,
  headers: Record<string, string>,
): Promise<EventClient> => {
  const sent = request(url, { headers, agent: false });
  scope.teardown(() => sent.destroy());
  const response = await opened(sent);
  response.on('error', () => {});
  const cut = () => void sent.destroy();

  async function* read(): AsyncGenerator<ServerEvent, undefined> {
    let text = '';
    let comments = 0;
    try {
      for await (const chunk of response.setEncoding('utf8')) {
        text += chunk;
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          const { comments: more, ...event } = parsed(text.slice(0, end));
          text = text.slice(end + 2);
          comments += more;
          if (Object.keys(event).length === 0) continue;
          yield { ...event, comments };
          comments = 0;
        }
      }
    } catch {
      // The connection was cut.
    }
    return undefined;
  }
  const events = read();
  const next = async () => (await events.next()).value;
  return {
    status: response.statusCode as number,
    headers: response.headers,
    response,
    next,
    cut,
    async nextChange() {
      const event = await next();
      if (event?.event !== 'change') throw new Error(`not a change: ${JSON.stringify(event)}`);
      const { op, task, ...row } = JSON.parse(event.data ?? '');
      return { op, id: event.id ?? '', row: task ?? row };
    },
    async rest() {
      const all: ServerEvent[] = [];
      for (let event = await next(); event !== undefined; event = await next()) all.push(event);
      return all;
    },
    async text() {
      let text = '';
      for await (const chunk of response.setEncoding('utf8')) text += chunk;
      return text;
    },
  };
};
