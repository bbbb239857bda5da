import t from 'tap';
import { fullDisk, removedData } from '../scenarios/embedded.ts';
import { testShortForm } from './short-form.ts';

t.setTimeout(280_000);
testShortForm(t, fullDisk, 1);
testShortForm(t, removedData, 1);
