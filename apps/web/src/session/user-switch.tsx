import { useId, useState } from 'preact/hooks';
import type { DevelopmentSessions } from './session.ts';

/** Makes somebody else the user: one of the names, or any other. For development. */
export const UserSwitch = ({ sessions }: { readonly sessions: DevelopmentSessions }) => {
  const [error, setError] = useState<string>();
  const [inputId, listId, errorId] = [useId(), useId(), useId()];

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const user = String(new FormData(form).get('user') ?? '').trim();
    if (user === '') return;
    try {
      await sessions.use(user);
      form.reset();
      setError(undefined);
    } catch (error) {
      setError((error as Error).message);
    }
  };

  return (
    <form class="user-switch" onSubmit={submit}>
      <label class="visually-hidden" for={inputId}>
        Another user
      </label>
      <input
        id={inputId}
        name="user"
        list={listId}
        autocomplete="off"
        placeholder="Another user"
        required
        aria-invalid={error !== undefined}
        aria-describedby={error === undefined ? undefined : errorId}
      />
      <datalist id={listId}>
        {sessions.users.map((user) => (
          <option key={user} value={user} />
        ))}
      </datalist>
      <button type="submit" class="button">
        Switch
      </button>
      {error !== undefined && (
        <p id={errorId} class="field-error" role="alert">
          {error}
        </p>
      )}
    </form>
  );
};
