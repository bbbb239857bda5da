import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Lets a client that sent `Expect: 100-continue` send its body when it is about to be read: what is refused by its head,
 * such as a request without a token, is refused without.
 */
export const continueWhenRead = (request: IncomingMessage, response: ServerResponse): void => {
  // After a refusal nobody knows whether the body still comes.
  response.setHeader('connection', 'close');
  const onListener = (event: string | symbol): void => {
    if (event !== 'data') return;
    request.off('newListener', onListener);
    response.removeHeader('connection');
    response.writeContinue();
  };
  request.on('newListener', onListener);
};
