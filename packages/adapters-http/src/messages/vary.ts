import type { FastifyReply } from 'fastify';

/** Says that the answer also depends on these headers of the request. @param names comma-separated */
export const addVary = (reply: Pick<FastifyReply, 'getHeader' | 'header'>, names: string): void => {
  const others = reply.getHeader('vary');
  reply.header('vary', others ? `${others}, ${names}` : names);
};
