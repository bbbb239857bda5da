import { createTaskwardClient } from '@taskward/client';
import { useEffect, useState } from 'preact/hooks';
import { openTaskList } from '../../list/open-task-list.ts';
import type { TaskList } from '../../list/task-list.ts';
import { AccountBar } from '../../session/account-bar.tsx';
import type { Session, Sessions } from '../../session/session.ts';
import { TaskPage } from '../app/task-page.tsx';
import { PageMessage } from './page-message.tsx';

type Opened =
  | { readonly list: TaskList }
  /** Why there is none, as a sentence. */
  | { readonly failure: string };

/**
 * The page of who is signed in. Give it the user's id as its key: everything in it is one user's.
 * @param props.api the URL of the API
 */
export const UserPage = ({
  session: { userId, token },
  sessions,
  api,
}: {
  readonly session: Session;
  readonly sessions: Sessions;
  readonly api: string;
}) => {
  const [opened, setOpened] = useState<Opened>();
  useEffect(() => {
    let isOver = false;
    let list: TaskList | undefined;
    const fail = (error: Error) => isOver || setOpened({ failure: error.message });
    const client = createTaskwardClient({ baseUrl: api, token });
    openTaskList({ userId, api, client, onSignedOut: fail }).then((made) => {
      if (isOver) return made.close();
      list = made;
      setOpened({ list });
    }, fail);
    return () => {
      isOver = true;
      list?.close();
    };
  }, [userId, token, api]);
  if (opened === undefined) return <PageMessage text="Opening your tasks…" />;
  if ('failure' in opened)
    return (
      <PageMessage text={opened.failure} isError>
        <button type="button" class="button button-primary" onClick={() => location.reload()}>
          Sign in again
        </button>
        <AccountBar sessions={sessions} unsent={0} />
      </PageMessage>
    );
  return (
    <TaskPage
      list={opened.list}
      userId={userId}
      account={({ unsent }) => <AccountBar sessions={sessions} unsent={unsent} />}
    />
  );
};
