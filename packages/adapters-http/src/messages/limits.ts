/** Maximum size of a request's body, in bytes. */
export const bodyLimit = 64 * 1024;
