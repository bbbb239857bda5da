// lib/shared-secret.ts: signs with the secret that Taskward shares. In lib/auth.ts it takes the place of `jwt()`.
import { jwt } from 'better-auth/plugins';
import { SignJWT } from 'jose';

const secret = new TextEncoder().encode(process.env.BETTER_AUTH_SECRET);

export const sharedSecretJwt = () =>
  jwt({
    // Better Auth demands both where it does not sign itself; neither is used.
    jwks: { remoteUrl: 'https://unused.example', keyPairConfig: { alg: 'EdDSA' } },
    jwt: { sign: (claims) => new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(secret) },
  });
