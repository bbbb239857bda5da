import type { Conflict, LocalTask } from '@taskward/client';
import { useState } from 'preact/hooks';
import { useUi } from '../app/context.ts';
import type { Reader } from '../format/days.ts';
import { fieldName, fieldText } from '../format/field-text.ts';
import { Dialog } from './dialog.tsx';

type Side = 'mine' | 'theirs';

const Choice = ({
  conflict,
  side,
  isChosen,
  reader,
  onChoose,
}: {
  readonly conflict: Conflict;
  readonly side: Side;
  readonly isChosen: boolean;
  readonly reader: Reader;
  readonly onChoose: () => void;
}) => (
  <label class="side">
    <input type="radio" name={`${conflict.task.key} ${conflict.field}`} checked={isChosen} onChange={onChoose} />
    <span class="side-name">{side === 'mine' ? 'Mine' : 'Theirs'}</span>
    <span class="side-value">{fieldText(conflict.field, conflict[side], reader)}</span>
  </label>
);

/** The conflicts of one task: a choice for each field. */
const TaskConflicts = ({
  task,
  conflicts,
  reader,
}: {
  readonly task: LocalTask;
  readonly conflicts: readonly Conflict[];
  readonly reader: Reader;
}) => {
  const { list } = useUi();
  const [chosen, setChosen] = useState<Readonly<Record<string, Side>>>({});
  const sideOf = ({ field }: Conflict): Side => chosen[field] ?? 'mine';
  const chooseAll = (side: Side) => setChosen(Object.fromEntries(conflicts.map(({ field }) => [field, side])));
  const resolve = async () => {
    for (const conflict of conflicts) await list.resolve(conflict, sideOf(conflict));
  };
  return (
    <section class="conflict" aria-label={task.title}>
      <div class="conflict-head">
        <h3>{task.title}</h3>
        <button type="button" class="button button-quiet" onClick={() => chooseAll('mine')}>
          All mine
        </button>
        <button type="button" class="button button-quiet" onClick={() => chooseAll('theirs')}>
          All theirs
        </button>
      </div>
      {conflicts.map((conflict) => (
        <fieldset key={conflict.field} class="sides">
          <legend>{fieldName(conflict.field)}</legend>
          {(['mine', 'theirs'] as const).map((side) => (
            <Choice
              key={side}
              {...{ conflict, side, reader }}
              isChosen={sideOf(conflict) === side}
              onChoose={() => setChosen({ ...chosen, [conflict.field]: side })}
            />
          ))}
        </fieldset>
      ))}
      <button type="button" class="button button-primary" onClick={() => void resolve()}>
        Keep what is chosen
      </button>
    </section>
  );
};

const byKey = (conflicts: readonly Conflict[]): Map<number, Conflict[]> => {
  const groups = new Map<number, Conflict[]>();
  for (const conflict of conflicts) {
    const { key } = conflict.task;
    groups.set(key, [...(groups.get(key) ?? []), conflict]);
  }
  return groups;
};

/** What was done here and elsewhere to the same: the reader decides field by field. */
export const ConflictsDialog = ({
  conflicts,
  reader,
  onClose,
}: {
  readonly conflicts: readonly Conflict[];
  readonly reader: Reader;
  readonly onClose: () => void;
}) => {
  const byTask = byKey(conflicts);
  return (
    <Dialog title="Two versions" onClose={onClose}>
      <div class="dialog-body">
        {byTask.size === 0 ? (
          <p role="status">Everything is decided.</p>
        ) : (
          <p class="muted">
            What you changed was changed elsewhere, too. Choose which version stays. Until then, yours is shown here and
            is not sent.
          </p>
        )}
        {[...byTask].map(([key, ofTask]) => (
          <TaskConflicts key={key} task={(ofTask[0] as Conflict).task} conflicts={ofTask} reader={reader} />
        ))}
      </div>
      <div class="dialog-foot">
        <button type="button" class="button" onClick={onClose}>
          {byTask.size === 0 ? 'Close' : 'Decide later'}
        </button>
      </div>
    </Dialog>
  );
};
