import type { ListState } from '../../list/task-list.ts';
import { useUi } from '../app/context.ts';
import type { Reader } from '../format/days.ts';
import { counted, numberText } from '../format/locale.ts';
import { isFiltered, noFilter } from './filters.ts';
import { TaskRows } from './task-rows.tsx';

/** Shapes of rows, until the tasks are read. */
const Loading = () => (
  <div class="loading">
    <p role="status" class="visually-hidden">
      Loading your tasks…
    </p>
    {[1, 2, 3, 4, 5].map((row) => (
      <div key={row} class="skeleton" aria-hidden="true" />
    ))}
  </div>
);

const FirstUse = () => (
  <div class="empty">
    <h2>Nothing to do yet</h2>
    <p>Write your first task above, for example “Pay the rent tomorrow 9:00 !high #home”.</p>
  </div>
);

const NothingMatches = () => {
  const { list } = useUi();
  return (
    <div class="empty">
      <h2>No task matches</h2>
      <p>Other tasks are there, but the search or a filter hides them.</p>
      <button type="button" class="button" onClick={() => list.setFilter(noFilter)}>
        Show all tasks
      </button>
    </div>
  );
};

/** The tasks, or why there are none. */
export const ListBody = ({
  state,
  reader,
  now,
}: {
  readonly state: ListState;
  readonly reader: Reader;
  readonly now: number;
}) => {
  const { list } = useUi();
  const { tasks, counts, filter, isLoading } = state;
  if (isLoading) return <Loading />;
  return (
    <>
      <p class="list-summary">
        <span>
          {isFiltered(filter)
            ? `${numberText(tasks.length)} of ${counted(counts.all, 'task')}`
            : counted(counts.all, 'task')}
          {`, ${numberText(counts.pending)} open`}
        </span>
        {isFiltered(filter) && tasks.length > 0 && (
          <button type="button" class="button button-quiet" onClick={() => list.setFilter(noFilter)}>
            Clear filters
          </button>
        )}
      </p>
      {tasks.length === 0 && (counts.all === 0 ? <FirstUse /> : <NothingMatches />)}
      <TaskRows {...{ state, reader, now }} />
    </>
  );
};
