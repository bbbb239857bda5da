import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { isUseCaseError } from '@taskward/application';
import { isObject } from '@taskward/domain';
import { invalidParams } from '../protocol/protocol-error.ts';
import { makeArgumentsCheck, ownArguments } from './arguments.ts';
import { toCallResult } from './call-result.ts';
import { invalidArguments, toErrorResult } from './errors.ts';
import { runWrite } from './run-write.ts';
import type { Tool, ToolContext } from './tool.ts';

const notAnObject = { field: 'arguments', message: 'must be an object, such as {"title": "Buy milk"}' };

/**
 * Makes the function that calls tools by their names.
 * @returns a function that throws ProtocolError for an unknown tool, and returns every other error as a result, so that a model
 * sees it. `onFault` gets what is not in the catalogue of errors.
 */
export const makeCallTool = (tools: readonly Tool[]) => {
  const byName = new Map(tools.map((tool) => [tool.name, { tool, check: makeArgumentsCheck(tool) }]));
  const names = [...byName.keys()].join(', ');
  return async (
    context: ToolContext,
    { name, arguments: sent = {} }: Readonly<Record<string, unknown>>,
    onFault: (error: unknown) => void,
  ): Promise<CallToolResult> => {
    const found = typeof name === 'string' ? byName.get(name) : undefined;
    if (found === undefined) throw invalidParams(`There is no tool ${JSON.stringify(name)}. The tools are ${names}.`);
    const { tool, check } = found;
    try {
      if (!isObject(sent)) throw invalidArguments(tool.name, [notAnObject]);
      check(sent, context.owner, context.useCases.contentFaults);
      if (tool.kind === 'write') return await runWrite(context, tool, sent);
      return toCallResult(await tool.run(context, ownArguments(sent)));
    } catch (error) {
      if (!isUseCaseError(error)) onFault(error);
      return toErrorResult(error, { tool: tool.name, requestId: context.actor.requestId });
    }
  };
};
