import { useState } from 'preact/hooks';
import { Dialog } from '../ui/dialogs/dialog.tsx';
import type { AccountSessions } from './session.ts';

const unsentText = (unsent: number): string =>
  unsent === 1 ? 'One task has changes that are not sent.' : `${unsent} tasks have changes that are not sent.`;

/** Signs out, with or without the copy of the tasks in this browser; and leads to the deletion of the account. */
export const AccountDialog = ({
  sessions,
  unsent,
  onDelete,
  onClose,
}: {
  readonly sessions: AccountSessions;
  readonly unsent: number;
  /** Called to delete the account. */
  readonly onDelete: () => void;
  readonly onClose: () => void;
}) => {
  const [forget, setForget] = useState(false);
  const [error, setError] = useState<string>();
  const signOut = () => sessions.signOut(forget).catch((error: Error) => setError(error.message));

  return (
    <Dialog title="Account" onClose={onClose}>
      <div class="dialog-body account-choices">
        <p>
          Signed in as <strong>{sessions.current()?.name}</strong>
        </p>
        <label class="check-field">
          <input
            class="check"
            type="checkbox"
            checked={forget}
            onChange={({ currentTarget }) => setForget(currentTarget.checked)}
          />
          Also delete the copy of my tasks from this browser
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
      <div class="dialog-foot">
        <button type="button" class="button button-danger" onClick={onDelete}>
          Delete account
        </button>
        <span class="space" />
        <button type="button" class="button button-primary" data-first-focus onClick={signOut}>
          Sign out
        </button>
      </div>
    </Dialog>
  );
};
