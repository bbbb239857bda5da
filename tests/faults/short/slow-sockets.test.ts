import t from 'tap';
import { slowSockets } from '../scenarios/sockets.ts';
import { testShortForm } from './short-form.ts';

t.setTimeout(280_000);
for (const scenario of slowSockets) {
  testShortForm(t, scenario, scenario.times, {
    check: (t, { late }) => t.strictSame(late, [], 'nobody else waits twice as long'),
  });
}
