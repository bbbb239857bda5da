import './session.css';
import { useEffect, useState } from 'preact/hooks';
import { AccountDialog } from './account-dialog.tsx';
import { DeleteAccountDialog } from './delete-account-dialog.tsx';
import type { AccountSessions, Session, Sessions } from './session.ts';
import { UserSwitch } from './user-switch.tsx';

/** Returns who is signed in, and renders again when somebody is signed in or out. */
export const useSession = (sessions: Sessions): Session | undefined => {
  const [session, setSession] = useState(sessions.current);
  useEffect(() => {
    const read = () => setSession(sessions.current());
    read();
    return sessions.watch(read);
  }, [sessions]);
  return session;
};

const Account = ({ sessions, unsent }: { readonly sessions: AccountSessions; readonly unsent: number }) => {
  const [open, setOpen] = useState<'account' | 'delete'>();
  const close = () => setOpen(undefined);
  return (
    <>
      <button type="button" class="button" aria-haspopup="dialog" onClick={() => setOpen('account')}>
        Account
      </button>
      {open === 'account' && (
        <AccountDialog {...{ sessions, unsent }} onDelete={() => setOpen('delete')} onClose={close} />
      )}
      {open === 'delete' && <DeleteAccountDialog sessions={sessions} onClose={close} />}
    </>
  );
};

/**
 * Says who is signed in, and lets them out; in development it lets them be somebody else.
 * @param props.unsent how many tasks have changes that are not sent
 */
export const AccountBar = ({ sessions, unsent }: { readonly sessions: Sessions; readonly unsent: number }) => {
  const session = useSession(sessions);
  if (session === undefined) return null;
  return (
    <div class="account-bar">
      <p class="account-name">
        Signed in as <strong>{session.name}</strong>
      </p>
      {sessions.kind === 'development' ? (
        <UserSwitch sessions={sessions} />
      ) : (
        <Account sessions={sessions} unsent={unsent} />
      )}
    </div>
  );
};
