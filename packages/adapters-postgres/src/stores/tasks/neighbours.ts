import { neighbourCount } from '@taskward/application';
import { maxTaskId, type PositionAnchor, type UserId } from '@taskward/domain';
import { type Query, query, statement } from '@taskward/owner-transactions';
import { positionKey } from './task-filters.ts';
import { unitColumns } from './task-mapper.ts';

// The id of the last task before a key that was never moved, so that the primary key can begin or end there. Keys are 'h' and a
// hexadecimal number, unless a task was moved above the first one; no key starts with a later letter.
const idBefore = (key: string): string => `case when ${key} ^@ 'h' then ('x' || substr(${key}, 2, 8))::bit(32)::bigint
    when ${key} > 'h' then ${maxTaskId} else 0 end`;

const anchor = `select key, id, ${idBefore('key')} as bound
  from (
    select ${positionKey} as key, id from taskward.tasks where user_id = $1 and id = $2::integer
    union all
    select $3::text collate "C", 0 where $2::integer is null
  ) anchor`;

interface Side {
  readonly name: string;
  readonly sign: '<' | '>';
  readonly order: 'asc' | 'desc';
  /** The aggregate of keys that is the farthest one from the anchor, and which ids lie on this side of it. */
  readonly farthest: 'min' | 'max';
  readonly within: '>=' | '<=';
  /** An id that all lie on this side of. */
  readonly end: number;
}

const above: Side = { name: 'above', sign: '<', order: 'desc', farthest: 'min', within: '>=', end: 0 };
const below: Side = { name: 'below', sign: '>', order: 'asc', farthest: 'max', within: '<=', end: maxTaskId };

// Tasks that were moved are found by their index, in the order of positions.
const moved = ({ name, sign, order }: Side): string => `${name} as materialized (
    select t.* from anchor cross join lateral (
      select *, position as key from taskward.tasks
      where user_id = $1 and position is not null and (position, id) ${sign} (anchor.key, anchor.id)
      order by position ${order}, id ${order} limit ${neighbourCount}
    ) t
  )`;

// All others are found by the primary key, in the order of ids: between the anchor and the last of those that were moved, so that
// few are read also where most were moved.
const neighbours = ({ name, sign, order, farthest, within, end }: Side): string => `(select * from (
    select * from ${name}
    union all
    (select t.* from anchor cross join lateral (
      select *, ${positionKey} as key from taskward.tasks
      where user_id = $1 and position is null and id ${sign}= anchor.bound and (${positionKey}, id) ${sign} (anchor.key, anchor.id)
        and id ${within} (select case when count(*) < ${neighbourCount} then ${end} else ${idBefore(`${farthest}(key)`)} end from ${name})
      order by id ${order} limit ${neighbourCount}
    ) t)
  ) near order by key ${order}, id ${order} limit ${neighbourCount})`;

const selectNeighbours = statement(
  `with anchor as materialized (${anchor}), ${moved(above)}, ${moved(below)}
   select ${unitColumns} from (${neighbours(above)} union all ${neighbours(below)}) t`,
);

// Before and after every key.
const ends = { top: '', bottom: '~' };

/** Selects the neighbours of a task, or of an end, in the owner's order by position. */
export const neighboursQuery = (owner: UserId, around: PositionAnchor): Query =>
  typeof around === 'number'
    ? query(selectNeighbours, owner, around, '')
    : query(selectNeighbours, owner, null, ends[around]);
