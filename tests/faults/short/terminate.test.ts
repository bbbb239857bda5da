import t from 'tap';
import { scaled } from '../../support/scale.ts';
import { terminate } from '../scenarios/terminate.ts';
import { testShortForm } from './short-form.ts';

t.setTimeout(280_000);
testShortForm(t, terminate, scaled(200, 30));
