import type { Readable, Writable } from 'node:stream';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { JSONRPCMessage, RequestId } from '@modelcontextprotocol/sdk/types.js';
import { type McpServerOptions, makeMcpServer } from '../server.ts';

/** What serves one client, as long as it stays. */
export interface StdioOptions extends Omit<McpServerOptions, 'canSubscribe'> {
  /** Messages of the client, a line each. */
  readonly input: Readable;
  /** Gets messages, a line each, and nothing else. */
  readonly output: Writable;
  /** Ends it at once. */
  readonly signal: AbortSignal;
  /** Gets a sentence for each line that is no message. */
  readonly onNotice: (line: string) => void;
}

/** The SDK's transport, which also knows which requests have no answer yet. */
class CountedTransport extends StdioServerTransport {
  readonly #unanswered = new Set<RequestId>();
  #whenAnswered = () => {};

  // Notes what comes in, on its way to the server.
  override async start(): Promise<void> {
    const { onmessage } = this;
    this.onmessage = (message: JSONRPCMessage) => {
      if ('method' in message && 'id' in message) this.#unanswered.add(message.id);
      // A cancelled request gets no answer.
      if ('method' in message && message.method === 'notifications/cancelled')
        this.#settle(message.params?.requestId as RequestId);
      onmessage?.(message);
    };
    await super.start();
  }

  override async send(message: JSONRPCMessage): Promise<void> {
    await super.send(message);
    if (!('method' in message) && message.id !== undefined) this.#settle(message.id);
  }

  /** Resolves when all requests are answered. */
  answered(): Promise<void> {
    return new Promise((resolve) => {
      this.#whenAnswered = resolve;
      if (this.#unanswered.size === 0) resolve();
    });
  }

  #settle(id: RequestId): void {
    this.#unanswered.delete(id);
    if (this.#unanswered.size === 0) this.#whenAnswered();
  }
}

/**
 * Serves one client by lines of text, with subscriptions. Resolves when its input has ended and what it asked for is
 * answered, when nobody reads its output any more, or when the signal is aborted.
 */
export const serveMcpByStdio = async (options: StdioOptions): Promise<void> => {
  const { input, output, signal, onNotice, ...rest } = options;
  const server = makeMcpServer({ ...rest, canSubscribe: true });
  const transport = new CountedTransport(input, output);
  server.onerror = (error) => onNotice(`A line was not understood: ${error.message}`);
  const over = new Promise<void>((resolve) => {
    const end = () => void transport.answered().then(resolve);
    input.once('end', end);
    input.once('close', end);
    output.once('error', () => resolve());
    output.once('close', () => resolve());
    transport.onclose = () => resolve();
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await server.connect(transport);
  await over;
  await server.close();
};
