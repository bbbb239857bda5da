import { Dialog } from './dialog.tsx';

/** Asks before something that cannot be undone. */
export const ConfirmDialog = ({
  question,
  action,
  run,
  onClose,
}: {
  readonly question: string;
  readonly action: string;
  readonly run: () => void;
  readonly onClose: () => void;
}) => (
  <Dialog title="Are you sure?" onClose={onClose}>
    <div class="dialog-body">
      <p>{question}</p>
    </div>
    <div class="dialog-foot">
      <button type="button" class="button" data-first-focus onClick={onClose}>
        Cancel
      </button>
      <button
        type="button"
        class="button button-danger"
        onClick={() => {
          onClose();
          run();
        }}
      >
        {action}
      </button>
    </div>
  </Dialog>
);
