import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';

/**
 * The headers that Helmet puts on every answer. They are the same on all of them, so it is asked once: asked for every
 * request it took a quarter of the time, and kept the collector from letting go of what it had touched.
 */
export const securityHeaders = (): Readonly<Record<string, string>> => {
  const headers: Record<string, string> = {};
  const response = {
    setHeader: (name: string, value: string) => {
      headers[name.toLowerCase()] = value;
    },
    removeHeader: () => {},
  };
  helmet({
    // Answers are for pages of other origins; the documentation has scripts of its own, whose policy it sets itself.
    contentSecurityPolicy: false,
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    // Where TLS ends is the proxy's to say.
    strictTransportSecurity: false,
    // What only pages need, and of browsers that are gone.
    originAgentCluster: false,
    xDownloadOptions: false,
    xXssProtection: false,
  })({} as IncomingMessage, response as unknown as ServerResponse, () => {});
  return headers;
};
