import { toUserId } from '@taskward/domain';
import { issueDevelopmentToken } from '../operations/development-token.ts';
import type { Server } from './server.ts';
import { webAppOf } from './web-app.ts';

const compatibilityLine = ({ compatibility }: Server['config']): string =>
  compatibility.length === 0 ? '' : `  Responses differ from the contract: COMPATIBILITY=${compatibility.join(',')}\n`;

/** Returns the message for a developer once the server is up: its URLs, and a request to paste into a shell. */
export const welcome = ({ url, config }: Server): string => {
  const hasPage = webAppOf(config) !== undefined;
  if (config.auth.secret === undefined)
    return `\n  Taskward is running: ${hasPage ? `the page at ${url}, the API at ` : ''}${url}/api/tasks, documentation at ${url}/docs. Ctrl-C stops it.\n${compatibilityLine(config)}`;
  const token = issueDevelopmentToken(config, toUserId('demo'));
  return `
  Taskward is running.

${hasPage ? `    Page   ${url}\n` : ''}    API    ${url}/api/tasks   and   ${url}/api/{user_id}/tasks
    Docs   ${url}/docs
${compatibilityLine(config)}
  Try it as the user "demo" (the token is good for a day):

TOKEN=${token}
curl -s ${url}/api/tasks -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{"title":"Buy milk"}'

  Ctrl-C stops it.
`;
};
