import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ListState, TaskList } from '../../list/task-list.ts';
import type { Reader } from '../format/days.ts';
import { counted, locale } from '../format/locale.ts';
import { AddLine } from '../list/add-line.tsx';
import { FilterBar } from '../list/filter-bar.tsx';
import { ListBody } from '../list/list-body.tsx';
import { ConnectionBanner } from '../status/connection-banner.tsx';
import { DecisionsBanner } from '../status/decisions-banner.tsx';
import { ErrorMessage } from '../status/error-message.tsx';
import { Notices, type Said } from '../status/notices.tsx';
import { ZoneHint } from '../status/zone-hint.tsx';
import { type Ui, UiContext } from './context.ts';
import { Dialogs } from './dialogs.tsx';
import { makeDrafts } from './drafts.ts';
import { useListState, useNow } from './hooks.ts';
import { usePageKeys } from './page-keys.ts';
import { TopBar } from './top-bar.tsx';
import { focusList, useDialogs } from './use-dialogs.ts';

const focusOn = (selector: string) => document.querySelector<HTMLElement>(selector)?.focus();

/**
 * A user's tasks, and all that can be done with them.
 * @param props.userId whose drafts are kept
 * @param props.account returns what says who is signed in, and lets them sign out
 */
export const TaskPage = ({
  list,
  userId,
  account,
}: {
  readonly list: TaskList;
  readonly userId: string;
  readonly account: (state: ListState) => ComponentChildren;
}) => {
  const state = useListState(list);
  const now = useNow();
  const drafts = useMemo(() => makeDrafts(() => sessionStorage, userId), [userId]);
  const { dialogs, open, close } = useDialogs(drafts, state);
  const [said, setSaid] = useState<Said>({ text: '', round: 0 });
  const reader = useMemo((): Reader => ({ locale, settings: state.settings }), [state.settings]);
  const ui = useMemo(
    (): Ui => ({
      list,
      drafts,
      open,
      announce: (text) => setSaid(({ round }) => ({ text, round: round + 1 })),
      focusList,
    }),
    [list, drafts, open],
  );

  const { notice, filter } = state;
  const undo = useRef(notice?.undo);
  // Who sees a notice can undo it at once.
  useLayoutEffect(() => {
    if (notice === undefined) return;
    undo.current = notice.undo;
    ui.announce(notice.undo === undefined ? notice.text : `${notice.text} Press z to undo.`);
  }, [notice, ui]);

  // The number is told when typing pauses, not for each letter.
  const shown = state.tasks.length;
  const isFirst = useRef(true);
  // Changes of the tasks themselves have notices of their own.
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false;
      return;
    }
    const timer = setTimeout(() => ui.announce(`${counted(shown, 'task')} shown`), 700);
    return () => clearTimeout(timer);
  }, [filter]);

  usePageKeys({
    add: () => focusOn('#new-task'),
    search: () => focusOn('#search'),
    help: () => open({ kind: 'keys' }),
    undo: () => {
      const last = undo.current;
      undo.current = undefined;
      if (last === undefined) return;
      list.dismissNotice();
      void last();
    },
  });

  const notices = <Notices {...{ state, said, reader, now }} />;
  return (
    <UiContext.Provider value={ui}>
      <TopBar account={account(state)} />
      <main class="page">
        <ConnectionBanner connection={state.connection} unsent={state.unsent} />
        {state.error !== undefined && <ErrorMessage text={state.error} onRetry={() => void list.refresh()} />}
        <DecisionsBanner conflicts={state.conflicts} rejected={state.rejected} />
        {!state.isLoading && <ZoneHint zone={state.settings.time_zone} />}
        <AddLine reader={reader} now={now} />
        <FilterBar state={state} />
        <ListBody {...{ state, reader, now }} />
      </main>
      {dialogs.length === 0 && notices}
      <Dialogs {...{ dialogs, notices, state, reader }} onClose={close} />
    </UiContext.Provider>
  );
};
