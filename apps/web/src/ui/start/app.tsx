import { useEffect, useState } from 'preact/hooks';
import { forgetTaskList } from '../../list/open-task-list.ts';
import { useSession } from '../../session/account-bar.tsx';
import { browserEnvironment } from '../../session/browser-environment.ts';
import { apiUrlOf, openSessions, readWebAppConfig } from '../../session/open-sessions.ts';
import type { Sessions } from '../../session/session.ts';
import { SignIn } from '../../session/sign-in.tsx';
import { PageMessage } from './page-message.tsx';
import { UserPage } from './user-page.tsx';

interface Ready {
  readonly sessions: Sessions;
  readonly api: string;
}

const start = async (): Promise<Ready> => {
  let api = '';
  const environment = browserEnvironment(async ({ userId, forget }) => {
    if (forget) await forgetTaskList({ userId, api });
  });
  const config = await readWebAppConfig(environment);
  api = apiUrlOf(config, environment);
  return { sessions: await openSessions(config, environment), api };
};

const Ready = ({ sessions, api }: Ready) => {
  const session = useSession(sessions);
  if (session !== undefined) return <UserPage key={session.userId} {...{ session, sessions, api }} />;
  return sessions.kind === 'better-auth' ? <SignIn sessions={sessions} /> : null;
};

/** The page: signs in, and shows the tasks of who is signed in. */
export const App = () => {
  const [ready, setReady] = useState<Ready>();
  const [failure, setFailure] = useState<string>();
  const [attempt, setAttempt] = useState(1);
  useEffect(() => {
    setFailure(undefined);
    start().then(setReady, (error: Error) => setFailure(error.message));
  }, [attempt]);
  if (ready !== undefined) return <Ready {...ready} />;
  if (failure === undefined) return <PageMessage text="Loading…" />;
  return (
    <PageMessage text={failure} isError>
      <button type="button" class="button button-primary" onClick={() => setAttempt(attempt + 1)}>
        Try again
      </button>
    </PageMessage>
  );
};
