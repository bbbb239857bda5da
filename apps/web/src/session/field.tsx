import { useId } from 'preact/hooks';
import type { SignInField } from './session.ts';

/** A required field of a form, with the error that is about it. */
export const Field = ({
  name,
  label,
  type = 'text',
  autocomplete,
  error,
}: {
  readonly name: SignInField;
  readonly label: string;
  readonly type?: 'text' | 'email' | 'password';
  readonly autocomplete: 'name' | 'username' | 'current-password' | 'new-password';
  readonly error: string | undefined;
}) => {
  const [id, errorId] = [useId(), useId()];
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        name={name}
        // Preact's types have a shape for each of them, and none for their union.
        type={type as 'text'}
        autocomplete={autocomplete}
        required
        aria-invalid={error !== undefined}
        aria-describedby={error === undefined ? undefined : errorId}
      />
      {error !== undefined && (
        <p id={errorId} class="field-error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
};
