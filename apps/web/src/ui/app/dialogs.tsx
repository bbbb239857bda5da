import type { LocalTask } from '@taskward/client';
import type { ComponentChildren } from 'preact';
import type { ListState } from '../../list/task-list.ts';
import { ConfirmDialog } from '../dialogs/confirm-dialog.tsx';
import { ConflictsDialog } from '../dialogs/conflicts-dialog.tsx';
import { HistoryDialog } from '../dialogs/history-dialog.tsx';
import { KeysDialog } from '../dialogs/keys-dialog.tsx';
import { RejectedDialog } from '../dialogs/rejected-dialog.tsx';
import { SettingsDialog } from '../dialogs/settings-dialog.tsx';
import { TrashDialog } from '../dialogs/trash-dialog.tsx';
import type { Reader } from '../format/days.ts';
import { NoticesInDialog } from '../status/notices.tsx';
import { TaskDialog } from '../task/task-dialog.tsx';
import type { OpenDialog } from './context.ts';
import type { OpenedDialog } from './use-dialogs.ts';

interface DialogProps {
  readonly dialog: OpenDialog;
  readonly state: ListState;
  readonly reader: Reader;
  readonly onClose: () => void;
}

const OneDialog = ({ dialog, state, reader, onClose }: DialogProps) => {
  // A filter may hide the task meanwhile.
  const current = (task: LocalTask) => state.tasks.find(({ key }) => key === task.key) ?? task;
  switch (dialog.kind) {
    case 'details':
      return <TaskDialog task={current(dialog.task)} {...{ state, reader, onClose }} />;
    case 'history':
      return <HistoryDialog task={current(dialog.task)} {...{ reader, onClose }} />;
    case 'trash':
      return <TrashDialog {...{ reader, onClose }} />;
    case 'settings':
      return <SettingsDialog settings={state.settings} locale={reader.locale} {...{ onClose }} />;
    case 'keys':
      return <KeysDialog {...{ onClose }} />;
    case 'conflicts':
      return <ConflictsDialog conflicts={state.conflicts} {...{ reader, onClose }} />;
    case 'rejected':
      return <RejectedDialog rejected={state.rejected} {...{ onClose }} />;
    case 'confirm':
      return <ConfirmDialog {...dialog} onClose={onClose} />;
  }
};

/** The dialogs that are open, each on top of the one before. */
export const Dialogs = ({
  dialogs,
  notices,
  onClose,
  ...rest
}: Omit<DialogProps, 'dialog' | 'onClose'> & {
  readonly dialogs: readonly OpenedDialog[];
  /** For the one on top. */
  readonly notices: ComponentChildren;
  readonly onClose: (dialog: OpenedDialog) => void;
}) => (
  <>
    {dialogs.map((opened, depth) => (
      <NoticesInDialog.Provider key={opened.number} value={depth === dialogs.length - 1 ? notices : null}>
        <OneDialog {...rest} dialog={opened.dialog} onClose={() => onClose(opened)} />
      </NoticesInDialog.Provider>
    ))}
  </>
);
