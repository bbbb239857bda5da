export { type McpServerOptions, makeMcpServer } from './server.ts';
export { makeMcpHandler } from './transports/http.ts';
export { type StdioOptions, serveMcpByStdio } from './transports/stdio.ts';
