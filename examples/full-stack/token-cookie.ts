// app/api/token-cookie/route.ts of a Next.js app: puts the JWT into a cookie that no script can read.
import type { Auth } from './auth.ts';

/** The name of the cookie, for Taskward's `AUTH_COOKIE`. A public site calls it `__Secure-taskward.token`. */
export const cookieName = 'taskward.token';

/** Makes the route: POST sets or renews the cookie of whoever is signed in, DELETE removes it. */
export const makeTokenCookie = (auth: Auth) => {
  const isHttps = auth.options.baseURL.startsWith('https:');
  const cookie = (token: string, seconds: number): string =>
    `${cookieName}=${token}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${isHttps ? '; Secure' : ''}`;

  return {
    async POST(request: Request): Promise<Response> {
      const response = await auth.api.getToken({ headers: request.headers, asResponse: true });
      if (!response.ok) return response;
      const { token } = (await response.json()) as { token: string };
      const { exp, sub } = JSON.parse(Buffer.from(token.split('.')[1] as string, 'base64url').toString());
      const seconds = Math.floor(exp - Date.now() / 1000);
      // With `sub`, a page notices that somebody else has signed in in another tab.
      return Response.json({ exp, sub }, { headers: { 'set-cookie': cookie(token, seconds) } });
    },
    async DELETE(): Promise<Response> {
      return new Response(null, { status: 204, headers: { 'set-cookie': cookie('', 0) } });
    },
  };
};
