import { parseArgs } from 'node:util';
import type { StyleName } from './api-styles.ts';

/** The options of a run. */
export interface Options {
  readonly baseUrl: URL;
  readonly styles: readonly StyleName[];
  /** Checks only clauses whose id begins with this. */
  readonly only: string;
  readonly json: boolean;
  readonly help: boolean;
  readonly origin: string;
  readonly cookie: string | undefined;
}

/**
 * The usage text.
 * @param command how to start the command
 * @param localSource where the tokens for a server on this machine come from by default, if anywhere
 */
export const usage = (
  command: string,
  localSource?: string,
): string => `BASE_URL=http://localhost:8000 ${command} [--style bare|envelope] [--only <prefix>] [--json]

Checks a server against Taskward's wire contract; needs only HTTP and tokens. Exit code: 0 if nothing failed, 1 if
something failed or nothing could be checked, 2 for invalid options.

  --style bare|envelope  check only /api/{user_id}/tasks (bare) or /api/tasks (envelope); default: both
  --only <prefix>        check only clauses whose id begins with this: \`list\`, \`auth.alg-none\`
  --json                 print a report for programs

  BASE_URL        URL of the server; default: http://localhost:8000
  TOKEN_SECRET    HS256 secret shared with the auth server: every clause gets new users
  TOKEN_ISSUER, TOKEN_AUDIENCE   \`iss\` and \`aud\` for these tokens, if the server requires them
  TOKEN_COMMAND   alternatively: a shell command that prints a token for {user}
  TOKEN, OTHER_TOKEN   alternatively: tokens of two test users; tasks created for them are deleted again
  ORIGIN          an origin that the server allows (CORS); default: http://localhost:3000
  AUTH_COOKIE     name of the cookie from which the server reads the token, if any

Clauses that need something you did not provide are reported as not checked.${
  localSource === undefined ? '' : `\nWithout tokens, a server on this machine is checked with ${localSource}.`
}`;

const isStyle = (name: string): name is StyleName => name === 'bare' || name === 'envelope';

/**
 * Reads the command line and the environment.
 * @throws Error that names the invalid option and what it must be
 */
export const readOptions = (args: readonly string[], env: NodeJS.ProcessEnv): Options => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      style: { type: 'string' },
      only: { type: 'string', default: '' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const { style, only, json, help } = values;
  if (style !== undefined && !isStyle(style))
    throw new Error(`--style must be \`bare\` or \`envelope\`, not \`${style}\`.`);
  const given = env.BASE_URL || 'http://localhost:8000';
  const baseUrl = URL.canParse(given) ? new URL(given) : undefined;
  if (baseUrl === undefined || !/^https?:$/.test(baseUrl.protocol)) {
    throw new Error(`BASE_URL must be an http or https URL, such as http://localhost:8000, not \`${given}\`.`);
  }
  return {
    baseUrl,
    styles: style === undefined ? ['bare', 'envelope'] : [style],
    only,
    json,
    help,
    origin: env.ORIGIN || 'http://localhost:3000',
    cookie: env.AUTH_COOKIE || undefined,
  };
};
