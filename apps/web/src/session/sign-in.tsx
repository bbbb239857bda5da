import './session.css';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Field } from './field.tsx';
import { type AccountSessions, SignInError, type SignInField } from './session.ts';

type Mode = 'sign-in' | 'sign-up';

const texts = {
  'sign-in': { title: 'Sign in', action: 'Sign in', question: 'No account yet?', other: 'Create an account' },
  'sign-up': {
    title: 'Create an account',
    action: 'Create account',
    question: 'Do you have an account?',
    other: 'Sign in',
  },
} as const;

interface Failure {
  readonly sentence: string;
  readonly field: SignInField | undefined;
}

const textOf = (data: FormData, name: string): string => String(data.get(name) ?? '');

/** The page of somebody who is not signed in: signs them in, or up. */
export const SignIn = ({ sessions }: { readonly sessions: AccountSessions }) => {
  const [mode, setMode] = useState<Mode>('sign-in');
  const [failure, setFailure] = useState<Failure>();
  const [isBusy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const headingId = useId();
  const { title, action, question, other } = texts[mode];
  const ended = sessions.ended();

  const focus = (field: SignInField) => {
    const input = form.current?.elements.namedItem(field);
    if (input instanceof HTMLInputElement) input.focus();
  };
  useEffect(() => focus(mode === 'sign-in' ? 'email' : 'name'), [mode]);
  useEffect(() => {
    if (failure !== undefined) focus(failure.field ?? 'password');
  }, [failure]);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (isBusy || form.current === null) return;
    const data = new FormData(form.current);
    const details = { email: textOf(data, 'email'), password: textOf(data, 'password') };
    setBusy(true);
    try {
      if (mode === 'sign-in') await sessions.signIn(details);
      else await sessions.signUp({ name: textOf(data, 'name'), ...details });
    } catch (error) {
      const { message } = error as Error;
      setFailure({ sentence: message, field: error instanceof SignInError ? error.field : undefined });
      setBusy(false);
    }
  };

  const switchMode = () => {
    setFailure(undefined);
    setMode(mode === 'sign-in' ? 'sign-up' : 'sign-in');
  };

  const errorOf = (field: SignInField) => (failure?.field === field ? failure.sentence : undefined);
  const general = failure !== undefined && failure.field === undefined ? failure.sentence : undefined;

  return (
    <main class="sign-in">
      <h1 id={headingId}>{title}</h1>
      {ended !== undefined && <p class="sign-in-ended">{ended}</p>}
      <form ref={form} aria-labelledby={headingId} onSubmit={submit}>
        {mode === 'sign-up' && <Field name="name" label="Name" autocomplete="name" error={errorOf('name')} />}
        <Field name="email" label="E-mail address" type="email" autocomplete="username" error={errorOf('email')} />
        <Field
          name="password"
          label="Password"
          type="password"
          autocomplete={mode === 'sign-in' ? 'current-password' : 'new-password'}
          error={errorOf('password')}
        />
        <p class="field-error" role="alert">
          {general}
        </p>
        <button type="submit" class="button button-primary" aria-disabled={isBusy}>
          {action}
        </button>
      </form>
      <p class="sign-in-other">
        {question}{' '}
        <button type="button" class="button button-link" onClick={switchMode}>
          {other}
        </button>
      </p>
    </main>
  );
};
