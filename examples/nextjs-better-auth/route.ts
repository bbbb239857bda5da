// app/api/auth/[...all]/route.ts: sign-up, sign-in, /api/auth/token and /api/auth/jwks.
import { toNextJsHandler } from 'better-auth/next-js';
import { auth } from './auth.ts';

export const { GET, POST } = toNextJsHandler(auth);
