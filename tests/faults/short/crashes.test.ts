import t from 'tap';
import { apiKill, apiStop, postgresCrash } from '../scenarios/crashes.ts';
import { testShortForm } from './short-form.ts';

// Each crash takes one to two seconds, so a run on every change has a few.
const crashes = 3;

t.setTimeout(280_000);
for (const scenario of [postgresCrash, apiKill, apiStop]) testShortForm(t, scenario, crashes, { ways: ['direct'] });
