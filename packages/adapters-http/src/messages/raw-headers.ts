import type { IncomingMessage } from 'node:http';

/** How often a header was sent: of several that may stand only once, Node keeps the first. @param name in lower case */
export const timesSent = ({ rawHeaders }: IncomingMessage, name: string): number => {
  let times = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const sent = rawHeaders[index] as string;
    if (sent.length === name.length && sent.toLowerCase() === name) times += 1;
  }
  return times;
};
