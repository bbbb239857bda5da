import { useState } from 'preact/hooks';
import type { Filter, ListState } from '../../list/task-list.ts';
import { useUi } from '../app/context.ts';
import { Icon } from '../app/icons.tsx';
import { numberText } from '../format/locale.ts';
import { priorityNames } from '../task/task-facts.tsx';
import { Choice } from './choice.tsx';
import { isFiltered } from './filters.ts';

const orders: readonly (readonly [Filter['sort'], string])[] = [
  ['position', 'My order'],
  ['due_date', 'Due date'],
  ['priority', 'Priority'],
  ['created_at', 'Newest first'],
  ['title', 'Title'],
];
const statuses: readonly (readonly [Filter['status'], string])[] = [
  ['all', 'Open and done'],
  ['pending', 'Open'],
  ['completed', 'Done'],
];
const priorities: readonly (readonly [Filter['priority'], string])[] = [
  ['any', 'Any priority'],
  ...(Object.entries(priorityNames) as [Filter['priority'], string][]),
  ['none', 'No priority'],
];

/** Which tasks are shown by their due dates, with how many there are. */
const DueViews = ({ due, counts }: { readonly due: Filter['due']; readonly counts: ListState['counts'] }) => {
  const { list } = useUi();
  const views: readonly (readonly [Filter['due'], string, number | undefined])[] = [
    ['any', 'All', counts.all],
    ['today', 'Today', counts.today],
    ['week', 'This week', undefined],
    ['overdue', 'Overdue', counts.overdue],
    ['none', 'No date', undefined],
  ];
  return (
    <fieldset class="views">
      <legend class="visually-hidden">Due</legend>
      {views.map(([value, text, count]) => (
        <button
          key={value}
          type="button"
          class={`view view-${value}`}
          aria-pressed={due === value}
          onClick={() => list.setFilter({ due: value })}
        >
          {text}
          {count !== undefined && <span class="count">{numberText(count)}</span>}
        </button>
      ))}
    </fieldset>
  );
};

/** What the list shows, and in which order. */
export const FilterBar = ({ state: { filter, counts, tags } }: { readonly state: ListState }) => {
  const { list } = useUi();
  const [isOpen, setIsOpen] = useState(() => isFiltered({ ...filter, due: 'any', search: '', status: 'all' }));
  const active = [filter.status !== 'all', filter.priority !== 'any', filter.tag !== ''].filter(Boolean).length;
  return (
    <search class="filter-bar" aria-label="Tasks">
      <DueViews due={filter.due} counts={counts} />
      <div class="filter-row">
        <label class="search">
          <span class="visually-hidden">Search tasks</span>
          <Icon name="search" />
          <input
            id="search"
            type="search"
            placeholder="Search"
            value={filter.search}
            onInput={({ currentTarget: { value } }) => list.setFilter({ search: value })}
            onKeyDown={({ key, currentTarget }) =>
              key === 'Escape' && currentTarget.value === '' && currentTarget.blur()
            }
          />
        </label>
        <Choice name="Order" value={filter.sort} options={orders} onChange={(sort) => list.setFilter({ sort })} />
        <button
          type="button"
          class="button button-quiet"
          aria-expanded={isOpen}
          aria-controls="filters"
          onClick={() => setIsOpen(!isOpen)}
        >
          <Icon name="filter" /> Filter{active > 0 && <span class="count">{active}</span>}
        </button>
      </div>
      <div id="filters" class="filter-row" hidden={!isOpen}>
        <Choice
          name="Status"
          value={filter.status}
          options={statuses}
          onChange={(status) => list.setFilter({ status })}
        />
        <Choice
          name="Priority"
          value={filter.priority}
          options={priorities}
          onChange={(priority) => list.setFilter({ priority })}
        />
        <Choice
          name="Tag"
          value={filter.tag}
          options={[['', 'Any tag'], ...tags.map((tag) => [tag, `#${tag}`] as const)]}
          onChange={(tag) => list.setFilter({ tag })}
        />
      </div>
    </search>
  );
};
