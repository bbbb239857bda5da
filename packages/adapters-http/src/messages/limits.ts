import { maxHeaderSize } from 'node:http';

/** Maximum size of a request's body, in bytes. */
export const bodyLimit = 64 * 1024;

/** Maximum size of a request's line and headers, in bytes. */
export const headLimit = maxHeaderSize;
