import type { HistoryEntry, LocalTask } from '@taskward/client';
import { useUi } from '../app/context.ts';
import { useLoaded } from '../app/hooks.ts';
import type { Reader } from '../format/days.ts';
import { momentText } from '../format/due-text.ts';
import { fieldName, fieldText } from '../format/field-text.ts';
import { ErrorMessage } from '../status/error-message.tsx';
import { Dialog } from './dialog.tsx';

const kinds: Readonly<Record<HistoryEntry['kind'], string>> = {
  created: 'Created',
  updated: 'Changed',
  occurrence_completed: 'Done, and due again',
  deleted: 'Deleted',
  restored: 'Restored',
  reminded: 'Reminded',
};

const Values = ({ entry, reader }: { readonly entry: HistoryEntry; readonly reader: Reader }) => {
  // What a new task had is what it is now, or stands in the entries above.
  if (entry.kind !== 'updated' && entry.kind !== 'occurrence_completed') return null;
  return (
    <dl class="values">
      {Object.entries(entry.changed).map(([field, [before, after]]) => (
        <div key={field}>
          <dt>{fieldName(field)}</dt>
          {field === 'position' ? (
            <dd>moved</dd>
          ) : (
            <dd>
              <del>{fieldText(field, before, reader)}</del> <span aria-hidden="true">→</span>{' '}
              <ins>{fieldText(field, after, reader)}</ins>
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
};

/** What was done to a task, newest first, with a way to take it back. */
export const HistoryDialog = ({
  task,
  reader,
  onClose,
}: {
  readonly task: LocalTask;
  readonly reader: Reader;
  readonly onClose: () => void;
}) => {
  const { list } = useUi();
  const { value: entries, error, reload } = useLoaded(() => list.history(task.key));
  return (
    <Dialog title="History" shape="sheet" onClose={onClose}>
      <div class="dialog-body">
        <p class="muted">{task.title}</p>
        {error !== undefined && <ErrorMessage text={error} onRetry={reload} />}
        {entries === undefined && error === undefined && <p role="status">Loading…</p>}
        {entries?.length === 0 && <p class="muted">Nothing was done to this task yet.</p>}
        <ol class="plain-list" aria-label="Changes, newest first">
          {entries?.map((entry) => (
            <li key={entry.revision} class="plain-item">
              <div class="plain-text">
                <span>{kinds[entry.kind]}</span>
                <small>
                  <time dateTime={entry.at}>{momentText(entry.at, reader)}</time>
                </small>
                <Values entry={entry} reader={reader} />
              </div>
              {entry.kind !== 'reminded' && (
                <button
                  type="button"
                  class="button"
                  aria-label={`Undo: ${kinds[entry.kind]}, ${momentText(entry.at, reader)}`}
                  onClick={() => void list.undo(entry.revision).then(reload)}
                >
                  Undo
                </button>
              )}
            </li>
          ))}
        </ol>
      </div>
    </Dialog>
  );
};
