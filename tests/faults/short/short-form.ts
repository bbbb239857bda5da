import type { Test } from 'tap';
import { needsNewerProgram, whyNot } from '../scenarios/every-scenario.ts';
import type { Report, Scenario, Way } from '../scenarios/scenario.ts';
import { remarks } from '../table.ts';

/**
 * Tests that the promises about a fault are kept in each way in which it is caused. Those about time are printed: a
 * machine that does other things besides may break them.
 * @param check what else has to be so
 */
export const testShortForm = (
  t: Test,
  scenario: Scenario,
  times: number,
  { ways = scenario.ways, check = () => {} }: { ways?: readonly Way[]; check?: (t: Test, report: Report) => void } = {},
): void => {
  for (const way of ways) {
    // A newer program is not to be had everywhere, as one that is missing is.
    if (needsNewerProgram(way)) {
      t.comment(`${scenario.title} · ${way}: ${whyNot(scenario, way)}`);
      continue;
    }
    t.test(`${scenario.title} · ${way} · ${times}`, { skip: whyNot(scenario, way) ?? false }, async (t) => {
      const outcome = await scenario.run(t, { way, times });
      t.comment(remarks({ scenario, way, outcome }));
      t.strictSame(outcome.broken, []);
      t.strictSame(
        [outcome.lost ?? 0, outcome.doubled ?? 0, outcome.errors ?? 0, outcome.unhandled ?? 0],
        [0, 0, 0, 0],
      );
      check(t, outcome);
    });
  }
};
