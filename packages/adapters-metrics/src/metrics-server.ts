import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The server that metrics are scraped from. */
export interface MetricsServer {
  /** Where they are, such as `http://127.0.0.1:9464/metrics`. */
  readonly url: string;
  /** Stops it, also where a scrape is under way. */
  close(): Promise<void>;
}

/** What is served: a registry of one process, or what several of them add up to. */
export interface Scraped {
  readonly contentType: string;
  metrics(): Promise<string>;
}

const path = '/metrics';
// Scrapers are few. Others have no business here.
const maxConnections = 50;

const respond =
  (scraped: Scraped): RequestListener =>
  async (request, response) => {
    const end = (status: number, text: string, headers = {}) =>
      response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers }).end(text);
    if (request.url?.split('?', 1)[0] !== path) return end(404, `Metrics are at ${path}.\n`);
    if (request.method !== 'GET' && request.method !== 'HEAD') return end(405, 'Use GET.\n', { allow: 'GET, HEAD' });
    try {
      return end(200, await scraped.metrics(), { 'content-type': scraped.contentType });
    } catch (error) {
      return end(500, `The metrics could not be read: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  };

/**
 * Serves metrics at `/metrics`, on a port of their own.
 * @param address `port` 0 takes any that is free
 * @throws Error whose message says what to do, where it cannot listen
 */
export const serveMetrics = async (
  { host, port }: { host: string; port: number },
  scraped: Scraped,
): Promise<MetricsServer> => {
  const server = createServer(respond(scraped));
  server.maxConnections = maxConnections;
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(
      `Metrics cannot be served: ${why}. Choose another METRICS_PORT or METRICS_HOST, or set neither to have no metrics.`,
      { cause: error },
    );
  }
  const { port: given, address, family } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${given}${path}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};
