// app/api/token-cookie/route.ts: puts the JWT into a cookie that no script can read.
import { auth } from './auth.ts';

const cookie = (token: string, seconds: number): string => {
  const { TASKWARD_COOKIE_DOMAIN: domain } = process.env; // app.example, for Taskward at api.app.example
  const place = domain === undefined ? '' : `Domain=${domain}; `;
  return `__Secure-taskward.token=${token}; ${place}Path=/; Max-Age=${seconds}; HttpOnly; Secure; SameSite=Strict`;
};

export const POST = async (request: Request): Promise<Response> => {
  const response = await auth.api.getToken({ headers: request.headers, asResponse: true });
  if (!response.ok) return response;
  const { token } = (await response.json()) as { token: string };
  const { exp } = JSON.parse(Buffer.from(token.split('.')[1] as string, 'base64url').toString());
  const seconds = Math.floor(exp - Date.now() / 1000);
  return Response.json({ exp }, { headers: { 'set-cookie': cookie(token, seconds) } });
};

/** For signing out. */
export const DELETE = async (): Promise<Response> =>
  new Response(null, { status: 204, headers: { 'set-cookie': cookie('', 0) } });
