import type { IncomingMessage } from 'node:http';

/** Counts how often a header was sent. Node itself keeps only the first `Host` or `Authorization`. @param name in lower case */
export const timesSent = ({ rawHeaders }: IncomingMessage, name: string): number => {
  let times = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const sent = rawHeaders[index] as string;
    if (sent.length === name.length && sent.toLowerCase() === name) times += 1;
  }
  return times;
};
