import { parseArgs } from 'node:util';
import type { StyleName } from './api-styles.ts';

/** What a run was asked for. */
export interface Options {
  readonly baseUrl: URL;
  readonly styles: readonly StyleName[];
  /** The ids that are checked begin so. */
  readonly only: string;
  readonly json: boolean;
  readonly help: boolean;
  readonly origin: string;
  readonly cookie: string | undefined;
}

/** What there is to say on the command line and by environment variables. */
export const usage = `BASE_URL=http://localhost:8000 npm run conformance -- [--style bare|envelope] [--only <prefix>] [--json]

Checks a server against the wire contract, by HTTP and tokens only. Exit code: 0 where nothing failed, 1 where something
did or nothing could be checked, 2 for options that cannot be read.

  --style bare|envelope   one of /api/{user_id}/tasks and /api/tasks; both if not said
  --only <prefix>        the clauses whose ids begin so: \`list\`, \`auth.alg-none\`
  --json                 a report for machines

  BASE_URL        where the server is; http://localhost:8000
  TOKEN_SECRET    the HS256 secret that the server shares with its auth server: every clause gets users of its own
  TOKEN_ISSUER, TOKEN_AUDIENCE   the \`iss\` and \`aud\` of such tokens, where the server demands them
  TOKEN_COMMAND   instead: a command that prints a token for {user}
  TOKEN, OTHER_TOKEN   instead: the tokens of two test users; the tasks that they are given are deleted again
  ORIGIN          an origin that the server lists for CORS; http://localhost:3000
  AUTH_COOKIE     the cookie that the server takes a token from, if any

With none of the tokens, and a server on this machine, the development secret of this directory is used.`;

const isStyle = (name: string): name is StyleName => name === 'bare' || name === 'envelope';

/**
 * Reads the command line and the environment.
 * @throws Error that says which of them cannot be read, and what it must be
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
