import type { ListState } from '../../list/task-list.ts';
import { useUi } from '../app/context.ts';
import { Icon } from '../app/icons.tsx';
import { counted } from '../format/locale.ts';

/** Says what waits for a decision of the reader: conflicts, and changes that the server did not take. */
export const DecisionsBanner = ({ conflicts, rejected }: Pick<ListState, 'conflicts' | 'rejected'>) => {
  const { list, open } = useUi();
  return (
    <div role="status" class="decisions">
      {conflicts.length > 0 && (
        <div class="banner banner-decision">
          <Icon name="warning" />
          <p>{counted(conflicts.length, 'field')} changed here and elsewhere.</p>
          <button type="button" class="button" onClick={() => open({ kind: 'conflicts' })}>
            Compare…
          </button>
        </div>
      )}
      {rejected.length > 0 && (
        <div class="banner banner-decision">
          <Icon name="warning" />
          <p>{counted(rejected.length, 'change')} not accepted by the server.</p>
          <button
            type="button"
            class="button"
            onClick={() => {
              // The notice says the same as the dialog.
              list.dismissNotice();
              open({ kind: 'rejected' });
            }}
          >
            Show…
          </button>
        </div>
      )}
    </div>
  );
};
