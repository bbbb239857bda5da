import t from 'tap';
import { postgresCrash } from '../scenarios/crashes.ts';
import { testShortForm } from './short-form.ts';

t.setTimeout(280_000);
testShortForm(t, postgresCrash, 1, { ways: ['PgBouncer', 'PgBouncer, prepared statements', 'two processes'] });
