// lib/auth.ts: the Better Auth server. Its stock JWT plugin signs EdDSA and publishes the key at /api/auth/jwks.
import { betterAuth } from 'better-auth';
import { memoryAdapter } from 'better-auth/adapters/memory';
import { jwt } from 'better-auth/plugins';

export const auth = betterAuth({
  baseURL: process.env.BETTER_AUTH_URL, // its origin is what tokens carry as `iss` and `aud`
  secret: process.env.BETTER_AUTH_SECRET,
  // Forgets everybody when it stops: put your database here.
  database: memoryAdapter({ user: [], session: [], account: [], verification: [], jwks: [] }),
  emailAndPassword: { enabled: true },
  plugins: [jwt()],
});
