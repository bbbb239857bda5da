import type { Clause } from './clause.ts';
import { auth } from './clauses/access/auth.ts';
import { cookies } from './clauses/access/cookies.ts';
import { cors } from './clauses/access/cors.ts';
import { owners } from './clauses/access/owners.ts';
import { changes } from './clauses/changes/changes.ts';
import { history, undoing } from './clauses/changes/history.ts';
import { trash } from './clauses/changes/trash.ts';
import { lists } from './clauses/lists/lists.ts';
import { paging } from './clauses/lists/paging.ts';
import { codes } from './clauses/server/codes.ts';
import { document } from './clauses/server/document.ts';
import { errors } from './clauses/server/errors.ts';
import { health } from './clauses/server/health.ts';
import { paths } from './clauses/server/paths.ts';
import { batch } from './clauses/tasks/batch.ts';
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
  ...changes,
  ...trash,
  ...history,
  ...undoing,
  ...auth,
  ...owners,
  ...cookies,
  ...cors,
  ...errors,
  ...codes,
  ...paths,
  ...health,
  ...document,
];
