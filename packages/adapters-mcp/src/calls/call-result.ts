import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { ToolResult } from './tool.ts';

/** Makes the result of a call. */
export const toCallResult = ({ text, content }: ToolResult): CallToolResult => ({
  content: [{ type: 'text', text }],
  structuredContent: { ...content },
});
