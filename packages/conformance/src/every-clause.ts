import type { Clause } from './clause.ts';
import { auth } from './clauses/access/auth.ts';
import { cookies } from './clauses/access/cookies.ts';
import { cors } from './clauses/access/cors.ts';
import { owners } from './clauses/access/owners.ts';
import { changes } from './clauses/changes/changes.ts';
import { history, undoing } from './clauses/changes/history.ts';
import { trash } from './clauses/changes/trash.ts';
import { filters } from './clauses/lists/filters.ts';
import { lists } from './clauses/lists/lists.ts';
import { paging } from './clauses/lists/paging.ts';
import { sorts } from './clauses/lists/sorts.ts';
import { dueDates } from './clauses/planning/due-dates.ts';
import { fields } from './clauses/planning/fields.ts';
import { metadata } from './clauses/planning/metadata.ts';
import { moves } from './clauses/planning/moves.ts';
import { occurrences } from './clauses/planning/occurrences.ts';
import { recurrence } from './clauses/planning/recurrence.ts';
import { settings } from './clauses/planning/settings.ts';
import { summary } from './clauses/planning/summary.ts';
import { tags } from './clauses/planning/tags.ts';
import { codes } from './clauses/server/codes.ts';
import { document } from './clauses/server/document.ts';
import { errors } from './clauses/server/errors.ts';
import { health } from './clauses/server/health.ts';
import { limits } from './clauses/server/limits.ts';
import { paths } from './clauses/server/paths.ts';
import { batch } from './clauses/tasks/batch.ts';
import { batchWhere } from './clauses/tasks/batch-where.ts';
import { conditional } from './clauses/tasks/conditional.ts';
import { retries } from './clauses/tasks/retries.ts';
import { tasks } from './clauses/tasks/tasks.ts';
import { texts } from './clauses/tasks/texts.ts';
import { updates } from './clauses/tasks/updates.ts';

/** The wire contract, clause by clause, in the order of the report. */
export const everyClause: readonly Clause[] = [
  ...tasks,
  ...texts,
  ...updates,
  ...lists,
  ...paging,
  ...conditional,
  ...retries,
  ...batch,
  ...batchWhere,
  ...changes,
  ...trash,
  ...history,
  ...undoing,
  ...fields,
  ...metadata,
  ...tags,
  ...dueDates,
  ...settings,
  ...recurrence,
  ...occurrences,
  ...filters,
  ...sorts,
  ...moves,
  ...summary,
  ...auth,
  ...owners,
  ...cookies,
  ...cors,
  ...errors,
  ...codes,
  ...paths,
  ...health,
  ...document,
  ...limits,
];
