import t from 'tap';
import { testOwnerFilters } from './owner-filters.ts';

t.test(
  'each filter on the owner of tasks, taken away alone, is missed without row security, and not with it',
  { timeout: 900_000 },
  (t) => testOwnerFilters(t, true),
);
