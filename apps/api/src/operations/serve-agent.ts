import type { StdioOptions } from '@taskward/adapters-mcp';
import { ownerActor, type UserId } from '@taskward/domain';
import packageJson from '../../package.json' with { type: 'json' };
import type { Cradle } from '../container/container.ts';

/**
 * Serves one agent of a user by lines of text. It acts as that user, and not as an operator, so that no mistake can lead
 * it to the tasks of another.
 * @returns once the agent has closed its output, or the signal is aborted
 */
export const serveAgent = async (
  { useCases, log }: Pick<Cradle, 'useCases' | 'log'>,
  owner: UserId,
  streams: Pick<StdioOptions, 'input' | 'output' | 'signal' | 'onNotice'>,
): Promise<void> => {
  const { serveMcpByStdio } = await import('@taskward/adapters-mcp');
  await serveMcpByStdio({
    useCases,
    actor: ownerActor(owner),
    owner,
    version: packageJson.version,
    onFault: (error) => log.error({ err: error }, 'A tool that the agent called failed.'),
    ...streams,
  });
};
