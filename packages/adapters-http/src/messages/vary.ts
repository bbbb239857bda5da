import type { FastifyReply } from 'fastify';

/** Adds header names to the response's `Vary`. @param names comma-separated */
export const addVary = (reply: Pick<FastifyReply, 'getHeader' | 'header'>, names: string): void => {
  const others = reply.getHeader('vary');
  reply.header('vary', others ? `${others}, ${names}` : names);
};
