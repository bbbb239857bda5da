import { type Account, makeBetterAuth } from './better-auth.ts';
import type { Environment } from './environment.ts';
import { makeListeners } from './listeners.ts';
import { absoluteUrl } from './responses.ts';
import type { AccountSessions, Session } from './session.ts';
import { type IssuedToken, makeTokenProvider, NoSession, NoTokenServer } from './token-provider.ts';

// No secret: it says whose copy of the tasks to show while the auth server is out of reach.
const keptAs = 'taskward.account';

const readKept = (kept: Environment['kept']): Account | undefined => {
  try {
    const { id, name, email } = JSON.parse(kept.getItem(keptAs) ?? '{}') as Partial<Account>;
    return id === undefined || name === undefined || email === undefined ? undefined : { id, name, email };
  } catch {
    return undefined;
  }
};

/**
 * Opens the sessions of a Better Auth server. Whoever has a session there is signed in; while the server is out of reach,
 * whoever was signed in at the last visit.
 */
export const openAccountSessions = async (
  { url, token }: { readonly url: string; readonly token: 'bearer' | 'cookie' },
  { pageUrl, fetch, kept, onKeptElsewhere, onSignedOut }: Environment,
): Promise<AccountSessions> => {
  const server = makeBetterAuth(fetch, absoluteUrl(url, pageUrl), token);
  const listeners = makeListeners();
  let session: Session | undefined;
  let ended: string | undefined;

  const enter = (account: Account | undefined, why?: string): void => {
    if (account === undefined && session === undefined) return;
    if (account !== undefined && account.id === session?.userId) return;
    session = account && { userId: account.id, name: account.name, token: tokenOf(account.id) };
    ended = account === undefined ? why : undefined;
    listeners.tell();
  };

  const keep = (account: Account | undefined): void => {
    if (account === undefined) kept.removeItem(keptAs);
    else kept.setItem(keptAs, JSON.stringify(account));
  };

  const leave = async (userId: string, forget: boolean, why?: string): Promise<void> => {
    if (session?.userId !== userId) return;
    keep(undefined);
    enter(undefined, why);
    await onSignedOut({ userId, forget });
  };

  /** Fetches a token for this user and nobody else: what is queued is theirs. */
  const issueTo = async (userId: string): Promise<IssuedToken> => {
    const issued = session?.userId === userId ? await server.issueToken() : undefined;
    if (issued === undefined) {
      const sentence = 'Your session has ended. Sign in again to go on; what is not sent is kept in this browser.';
      await leave(userId, false, sentence);
      throw new NoSession(sentence);
    }
    if (issued.userId !== undefined && issued.userId !== userId) {
      await restore();
      throw new NoSession('Somebody else has signed in in this browser. Their tasks are shown now.');
    }
    return issued;
  };

  const tokenOf = (userId: string) => makeTokenProvider(() => issueTo(userId));

  const restore = async (): Promise<void> => {
    try {
      const account = await server.account();
      keep(account);
      enter(account);
    } catch (error) {
      if (!(error instanceof NoTokenServer)) throw error;
      enter(readKept(kept));
    }
  };

  const begin = (account: Account): void => {
    keep(account);
    enter(account);
  };

  await restore();
  onKeptElsewhere(() => enter(readKept(kept)));

  return {
    kind: 'better-auth',
    current: () => session,
    ended: () => ended,
    watch: listeners.watch,
    signUp: async (details) => begin(await server.signUp(details)),
    signIn: async (details) => begin(await server.signIn(details)),
    async signOut(forget) {
      if (session === undefined) return;
      const { userId } = session;
      await server.signOut();
      await leave(userId, forget);
    },
    async deleteAccount(password) {
      if (session === undefined) return;
      const { userId } = session;
      await server.deleteAccount(password);
      await leave(userId, true);
    },
  };
};
