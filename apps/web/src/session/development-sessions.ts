import type { Environment } from './environment.ts';
import { makeListeners } from './listeners.ts';
import { absoluteUrl, below, bodyOf, isPassing, send } from './responses.ts';
import type { DevelopmentSessions, Session, WebAppConfig } from './session.ts';
import { lifetimeOf, makeTokenProvider, NoTokenServer } from './token-provider.ts';

const keptAs = 'taskward.development-user';

/**
 * Opens the sessions of a server for development: as the user of the last visit, or else the first that it offers.
 * @param users names to offer; at least one
 */
export const openDevelopmentSessions = (
  { api }: WebAppConfig,
  users: readonly string[],
  { pageUrl, fetch, kept }: Environment,
): DevelopmentSessions => {
  const url = below(absoluteUrl(api, pageUrl), 'dev/token');
  const listeners = makeListeners();

  const issue = async (userId: string) => {
    const response = await send(fetch, url, { method: 'POST', body: { user: userId } });
    const { token, error, detail } = await bodyOf(response);
    const sentence = error ?? detail ?? `${url} issues no token (status ${response.status}). Check the server's log.`;
    if (isPassing(response)) throw new NoTokenServer(String(sentence));
    if (typeof token !== 'string') throw new Error(String(sentence));
    return { token, lifetime: lifetimeOf(token) };
  };

  const sessionOf = (userId: string): Session => ({
    userId,
    name: userId,
    token: makeTokenProvider(() => issue(userId)),
  });
  let session = sessionOf(kept.getItem(keptAs) ?? users[0] ?? 'demo');

  return {
    kind: 'development',
    users,
    current: () => session,
    watch: listeners.watch,
    async use(userId) {
      const next = sessionOf(userId);
      // A name that the server rejects is told at once.
      await next.token({ refresh: false });
      session = next;
      kept.setItem(keptAs, userId);
      listeners.tell();
    },
  };
};
