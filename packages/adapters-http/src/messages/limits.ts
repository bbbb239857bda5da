/** The largest body that is read, in bytes. */
export const bodyLimit = 64 * 1024;
