export { type McpServerOptions, makeMcpServer } from './server.ts';
