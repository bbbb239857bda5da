import type { AgentHandler } from '@taskward/adapters-http';
import type { UseCases } from '@taskward/application';
import packageJson from '../../package.json' with { type: 'json' };
import type { Config } from '../configuration/config.ts';

/** Makes the function that answers agents, or returns `undefined` if MCP is off. */
export const makeAgentHandler = ({
  config,
  useCases,
}: {
  config: Pick<Config, 'mcp'>;
  useCases: UseCases;
}): AgentHandler | undefined => {
  if (!config.mcp) return undefined;
  let handler: Promise<AgentHandler> | undefined;
  return async (call) => {
    // Loaded for the first agent: the SDK would make every start slower.
    handler ??= import('@taskward/adapters-mcp').then(({ makeMcpHandler }) =>
      makeMcpHandler({ useCases, version: packageJson.version }),
    );
    return (await handler)(call);
  };
};
