// lib/auth.ts of a Next.js app: a stock Better Auth server, with e-mail and password.
import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { jwt } from 'better-auth/plugins';
import type { Pool } from 'pg';

interface Options {
  /** URL of the app. Tokens carry it as `iss` and `aud`. */
  readonly url: string;
  readonly secret: string;
  /** Where users, sessions and keys are stored. */
  readonly database: Pool;
  /** Erases everything that Taskward has of a user. */
  readonly eraseTasks: (userId: string) => Promise<unknown>;
}

/** Makes the auth server, and its tables where they are missing. */
export const makeAuth = async ({ url, secret, database, eraseTasks }: Options) => {
  const options = {
    baseURL: url,
    secret,
    database,
    emailAndPassword: { enabled: true },
    // Before, not after: if the tasks cannot be erased, the account stays, and its user can try again.
    user: { deleteUser: { enabled: true, beforeDelete: async ({ id }) => void (await eraseTasks(id)) } },
    plugins: [jwt()],
  } satisfies BetterAuthOptions;
  const { runMigrations } = await getMigrations(options);
  await runMigrations();
  return betterAuth(options);
};

/** The auth server. */
export type Auth = Awaited<ReturnType<typeof makeAuth>>;
