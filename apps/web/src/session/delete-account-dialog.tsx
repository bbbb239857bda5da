import { useState } from 'preact/hooks';
import { Dialog } from '../ui/dialogs/dialog.tsx';
import { Field } from './field.tsx';
import type { AccountSessions } from './session.ts';

/** Asks for the password, and deletes the account with everything in it. */
export const DeleteAccountDialog = ({
  sessions,
  onClose,
}: {
  readonly sessions: AccountSessions;
  readonly onClose: () => void;
}) => {
  const [error, setError] = useState<string>();
  const [isBusy, setBusy] = useState(false);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (isBusy) return;
    const form = event.currentTarget as HTMLFormElement;
    setBusy(true);
    try {
      await sessions.deleteAccount(String(new FormData(form).get('password') ?? ''));
    } catch (error) {
      setError((error as Error).message);
      setBusy(false);
      const input = form.elements.namedItem('password');
      if (input instanceof HTMLInputElement) input.focus();
    }
  };

  return (
    <Dialog title="Delete account" onClose={onClose}>
      <form class="dialog-form" onSubmit={submit}>
        <div class="dialog-body">
          <p>Your account and all your tasks will be deleted, here and on the server. This cannot be undone.</p>
          <Field name="password" label="Password" type="password" autocomplete="current-password" error={error} />
        </div>
        <div class="dialog-foot">
          <button type="button" class="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" class="button button-danger" aria-disabled={isBusy}>
            Delete account
          </button>
        </div>
      </form>
    </Dialog>
  );
};
