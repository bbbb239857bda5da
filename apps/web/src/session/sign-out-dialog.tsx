import { useState } from 'preact/hooks';
import { Dialog } from '../ui/dialogs/dialog.tsx';
import type { AccountSessions } from './session.ts';

const unsentText = (unsent: number): string =>
  unsent === 1 ? 'One task has changes that are not sent.' : `${unsent} tasks have changes that are not sent.`;

/** Asks whether the copy of the tasks shall stay in this browser, and signs out. */
export const SignOutDialog = ({
  sessions,
  unsent,
  onClose,
}: {
  readonly sessions: AccountSessions;
  readonly unsent: number;
  readonly onClose: () => void;
}) => {
  const [forget, setForget] = useState(false);
  const [error, setError] = useState<string>();
  const signOut = () => sessions.signOut(forget).catch((error: Error) => setError(error.message));

  return (
    <Dialog title="Sign out" onClose={onClose}>
      <div class="dialog-body sign-out-choices">
        <label class="check-field">
          <input type="checkbox" checked={forget} onChange={({ currentTarget }) => setForget(currentTarget.checked)} />
          Delete the copy of my tasks from this browser
        </label>
        {unsent > 0 && (
          <p>
            {unsentText(unsent)} {forget ? 'They will be lost.' : 'They are sent when you sign in here again.'}
          </p>
        )}
        <p class="field-error" role="alert">
          {error}
        </p>
      </div>
      <footer class="dialog-foot">
        <button type="button" class="button" onClick={onClose}>
          Cancel
        </button>
        <button type="button" class="button button-primary" data-first-focus onClick={signOut}>
          Sign out
        </button>
      </footer>
    </Dialog>
  );
};
