import type { Clause } from './clause.ts';
import { auth } from './clauses/auth.ts';
import { batch } from './clauses/batch.ts';
import { changes } from './clauses/changes.ts';
import { codes } from './clauses/codes.ts';
import { conditional } from './clauses/conditional.ts';
import { cookies } from './clauses/cookies.ts';
import { cors } from './clauses/cors.ts';
import { document } from './clauses/document.ts';
import { errors } from './clauses/errors.ts';
import { health } from './clauses/health.ts';
import { history, undoing } from './clauses/history.ts';
import { lists } from './clauses/lists.ts';
import { owners } from './clauses/owners.ts';
import { paging } from './clauses/paging.ts';
import { paths } from './clauses/paths.ts';
import { retries } from './clauses/retries.ts';
import { tasks } from './clauses/tasks.ts';
import { texts } from './clauses/texts.ts';
import { trash } from './clauses/trash.ts';
import { updates } from './clauses/updates.ts';

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
