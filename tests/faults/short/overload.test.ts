import t from 'tap';
import { overload } from '../scenarios/overload.ts';
import { testShortForm } from './short-form.ts';

t.setTimeout(280_000);
testShortForm(t, overload, 4, { ways: ['direct'] });
