import { type ComponentChildren, createContext } from 'preact';
import type { ListState } from '../../list/task-list.ts';
import type { Reader } from '../format/days.ts';
import { LiveRegion } from './live-region.tsx';
import { NoticeBar } from './notice-bar.tsx';
import { ReminderCards } from './reminder-cards.tsx';

/** What was told last to screen readers. `round` differs each time. */
export interface Said {
  readonly text: string;
  readonly round: number;
}

/**
 * The notices, for the dialog that is on top: while it is open, nothing outside of it can be used, or is heard. Other dialogs
 * have none.
 */
export const NoticesInDialog = createContext<ComponentChildren>(null);

/** What comes up by itself: reminders, notices, and what only screen readers tell. */
export const Notices = ({
  state: { notice, reminders },
  said,
  reader,
  now,
}: {
  readonly state: ListState;
  readonly said: Said;
  readonly reader: Reader;
  readonly now: number;
}) => (
  <aside class="stack" aria-label="Notices">
    <ReminderCards {...{ reminders, reader, now }} />
    <NoticeBar notice={notice} />
    <LiveRegion {...said} />
  </aside>
);
