import type { DeletedTask } from '@taskward/client';
import { useState } from 'preact/hooks';
import { useUi } from '../app/context.ts';
import { useLoaded } from '../app/hooks.ts';
import type { Reader } from '../format/days.ts';
import { momentText } from '../format/due-text.ts';
import { counted } from '../format/locale.ts';
import { ErrorMessage } from '../status/error-message.tsx';
import { Dialog } from './dialog.tsx';

const pageSize = 100;

/** The deleted tasks, to restore or to remove for good. */
export const TrashDialog = ({ reader, onClose }: { readonly reader: Reader; readonly onClose: () => void }) => {
  const { list, open } = useUi();
  const { value: tasks, error, reload } = useLoaded(() => list.trash());
  const [shown, setShown] = useState(pageSize);
  const then = (done: Promise<void>) => void done.then(reload);
  const purge = (question: string, action: string, task?: DeletedTask) =>
    open({ kind: 'confirm', question, action, run: () => then(list.purge(task)) });
  return (
    <Dialog title="Trash" shape="sheet" onClose={onClose}>
      <div class="dialog-body">
        {error !== undefined && <ErrorMessage text={error} onRetry={reload} />}
        {tasks === undefined && error === undefined && <p role="status">Loading…</p>}
        {tasks?.length === 0 && <p class="muted">The trash is empty.</p>}
        <ul class="plain-list" aria-label="Deleted tasks">
          {tasks?.slice(0, shown).map((task) => (
            <li key={task.id} class="plain-item">
              <div class="plain-text">
                <span>{task.title}</span>
                <small>Deleted {momentText(task.deleted_at, reader)}</small>
              </div>
              <button
                type="button"
                class="button"
                aria-label={`Restore ${task.title}`}
                onClick={() => then(list.restore(task))}
              >
                Restore
              </button>
              <button
                type="button"
                class="button button-quiet"
                aria-label={`Remove for good: ${task.title}`}
                onClick={() => purge(`“${task.title}” and its history are removed for good.`, 'Remove for good', task)}
              >
                Remove for good
              </button>
            </li>
          ))}
        </ul>
        {tasks !== undefined && tasks.length > shown && (
          <button type="button" class="button" onClick={() => setShown(shown + pageSize)}>
            Show more
          </button>
        )}
      </div>
      {tasks !== undefined && tasks.length > 0 && (
        <div class="dialog-foot">
          <button
            type="button"
            class="button button-danger"
            onClick={() => purge(`${counted(tasks.length, 'task')} will be removed for good.`, 'Empty the trash')}
          >
            Empty the trash…
          </button>
        </div>
      )}
    </Dialog>
  );
};
