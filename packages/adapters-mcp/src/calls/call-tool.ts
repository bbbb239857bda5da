import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { isUseCaseError } from '@taskward/application';
import { invalidParams } from '../errors/protocol-error.ts';
import { toErrorResult } from '../errors/tool-errors.ts';
import { makeArgumentsCheck } from './arguments.ts';
import { toCallResult } from './call-result.ts';
import { runWrite } from './run-write.ts';
import type { Sent, Tool, ToolContext } from './tool.ts';

/**
 * Makes the function that calls tools by their names.
 * @param onFault gets what is not in the catalogue of errors
 * @returns a function that throws ProtocolError for an unknown tool, and returns every other error as a result
 */
export const makeCallTool = (tools: readonly Tool[]) => {
  const byName = new Map(tools.map((tool) => [tool.name, { tool, check: makeArgumentsCheck(tool) }]));
  const names = [...byName.keys()].join(', ');
  return async (
    context: ToolContext,
    name: string,
    sent: Sent,
    onFault: (error: unknown) => void,
  ): Promise<CallToolResult> => {
    const found = byName.get(name);
    if (found === undefined) throw invalidParams(`There is no tool ${JSON.stringify(name)}. The tools are ${names}.`);
    const { tool, check } = found;
    try {
      const prepared = check(sent, context.owner, context.useCases.contentFaults);
      if (tool.kind === 'write') return await runWrite(context, tool, prepared);
      return toCallResult(await tool.run(context, prepared.body as never));
    } catch (error) {
      if (!isUseCaseError(error)) onFault(error);
      return toErrorResult(error, context.actor.requestId);
    }
  };
};
