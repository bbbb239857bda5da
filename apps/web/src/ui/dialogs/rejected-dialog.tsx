import type { ListState } from '../../list/task-list.ts';
import { useUi } from '../app/context.ts';
import { Dialog } from './dialog.tsx';

/** Changes that the server did not take, each with its sentence: edit them again, or discard them. */
export const RejectedDialog = ({
  rejected,
  onClose,
}: {
  readonly rejected: ListState['rejected'];
  readonly onClose: () => void;
}) => {
  const { list, open } = useUi();
  return (
    <Dialog title="Not accepted" onClose={onClose}>
      <div class="dialog-body">
        {rejected.length === 0 && <p role="status">Nothing is left to mend.</p>}
        <ul class="plain-list" aria-label="Changes that were not accepted">
          {rejected.map(({ task, error }) => (
            <li key={task.key} class="plain-item">
              <div class="plain-text">
                <span>{task.title === '' ? 'Task without a title' : task.title}</span>
                <p class="error-text">{error.error}</p>
              </div>
              <button
                type="button"
                class="button"
                aria-label={`Edit ${task.title}`}
                onClick={() => open({ kind: 'details', task })}
              >
                Edit
              </button>
              <button
                type="button"
                class="button button-quiet"
                aria-label={`Discard the change of ${task.title}`}
                onClick={() => void list.discard(task.key)}
              >
                Discard
              </button>
            </li>
          ))}
        </ul>
      </div>
      <div class="dialog-foot">
        <button type="button" class="button" onClick={onClose}>
          Close
        </button>
      </div>
    </Dialog>
  );
};
