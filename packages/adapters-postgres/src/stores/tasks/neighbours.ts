import { neighbourCount } from '@taskward/application';
import { maxTaskId, type PositionAnchor, type UserId } from '@taskward/domain';
import { type Query, query, statement } from '@taskward/owner-transactions';
import { positionKey } from './task-filters.ts';
import { unitColumns } from './task-mapper.ts';

// Keys are 'h' and a hexadecimal number, unless a task was moved above the first one; no key starts with a later letter. `bound` is
// the id of the last task before the key that was never moved, so that the primary key can begin there.
const anchor = `select key, id, case when key ^@ 'h' then ('x' || substr(key, 2, 8))::bit(32)::bigint
    when key > 'h' then ${maxTaskId} else 0 end as bound
  from (
    select ${positionKey} as key, id from taskward.tasks where user_id = $1 and id = $2::integer
    union all
    select $3::text collate "C", 0 where $2::integer is null
  ) anchor`;

interface Side {
  readonly sign: '<' | '>';
  readonly order: 'asc' | 'desc';
}

// Tasks that were moved are found by their index, in the order of positions; all others by the primary key, in that of ids.
const side = ({ sign, order }: Side): string => `(select * from (
    (select t.* from anchor cross join lateral (
      select *, position as key from taskward.tasks
      where user_id = $1 and position is not null and (position, id) ${sign} (anchor.key, anchor.id)
      order by position ${order}, id ${order} limit ${neighbourCount}
    ) t)
    union all
    (select t.* from anchor cross join lateral (
      select *, ${positionKey} as key from taskward.tasks
      where user_id = $1 and position is null and id ${sign}= anchor.bound and (${positionKey}, id) ${sign} (anchor.key, anchor.id)
      order by id ${order} limit ${neighbourCount}
    ) t)
  ) near order by key ${order}, id ${order} limit ${neighbourCount})`;

const selectNeighbours = statement(
  `with anchor as materialized (${anchor})
   select ${unitColumns} from (
     ${side({ sign: '<', order: 'desc' })} union all ${side({ sign: '>', order: 'asc' })}
   ) t`,
);

// Before and after every key.
const ends = { top: '', bottom: '~' };

/** Selects the neighbours of a task, or of an end, in the owner's order by position. */
export const neighboursQuery = (owner: UserId, around: PositionAnchor): Query =>
  typeof around === 'number'
    ? query(selectNeighbours, owner, around, '')
    : query(selectNeighbours, owner, null, ends[around]);
