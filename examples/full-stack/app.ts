// The app's server, with the routes that a Next.js app would have as files.
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toNodeHandler } from 'better-auth/node';
import type { Auth } from './auth.ts';
import { makeTokenCookie } from './token-cookie.ts';

interface Routes {
  readonly auth: Auth;
  /** What the page reads when it is opened: where Taskward is, and how users sign in. */
  readonly webApp: object;
  /** Serves the files of the page. */
  readonly page: (path: string) => Response;
}

const makeHandler = ({ auth, webApp, page }: Routes) => {
  const tokenCookie: Record<string, (request: Request) => Promise<Response>> = { ...makeTokenCookie(auth) };
  return async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith('/api/auth/')) return auth.handler(request);
    if (pathname === '/api/token-cookie') {
      return tokenCookie[request.method]?.(request) ?? new Response(null, { status: 405 });
    }
    if (pathname === '/web-app.json') return Response.json(webApp, { headers: { 'cache-control': 'no-cache' } });
    return page(pathname);
  };
};

/**
 * Listens for the app's requests on this machine. Its routes are set later, as they need its address.
 * @param port 0 for a free one
 * @throws Error if the port is taken
 */
export const startAppServer = async (port: number) => {
  let handle: RequestListener = (_request, response) => void response.writeHead(503).end('Starting. Try again.');
  const server = createServer((request, response) => handle(request, response));
  await once(server.listen(port, 'localhost'), 'listening').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new Error(
      `Port ${port} is taken. Stop what listens there, or choose another: AUTH_PORT=3001 npm run example`,
    );
  });
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    setRoutes(routes: Routes): void {
      handle = toNodeHandler(makeHandler(routes));
    },
    async stop(): Promise<void> {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};
