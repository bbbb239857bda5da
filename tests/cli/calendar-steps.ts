import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeImportStore, makeOwnerPorts } from '@taskward/adapters-postgres';
import { draftImported, operator, type TaskContent, type UserId } from '@taskward/domain';
import type { Test } from 'tap';
import { anInstant, anOrigin, aQuery, sortedBy } from '../support/builders.ts';
import { aPlanning } from '../support/planning.ts';
import { aCommandLine, aSharedDatabase } from '../support/processes/command-line.ts';
import { walk } from '../support/walk.ts';

/** What tests of calendars do: give a user tasks, export them, import a calendar, and look at what is there. */
export const calendarSteps = async (t: Test) => {
  const { database, url } = await aSharedDatabase(t);
  const { tasks } = makeOwnerPorts({ database });
  const imports = makeImportStore({ database });
  const taskward = aCommandLine(t, url);
  const folder = mkdtempSync(join(tmpdir(), 'taskward-calendar-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const now = anInstant('2026-11-20T09:30:00.000Z');
  return {
    giving: (owner: UserId, contents: readonly TaskContent[]) =>
      imports.transact(owner, [], anOrigin(), (unit) => {
        for (const content of contents) unit.add(draftImported(operator, owner, content, now, aPlanning()).draft);
        return { result: undefined, store: true, imported: new Map() };
      }),
    all: async (owner: UserId) =>
      (await walk(tasks, owner, aQuery({ sort: sortedBy('created_at') }))).sort((a, b) => a.id - b.id),
    exported: async (owner: UserId): Promise<string> => {
      const { code, out, err } = await taskward(['export', '--format', 'ics', '--user', owner]);
      t.strictSame([code, err], [0, '']);
      return out;
    },
    importing: async (owner: UserId, text: string) => {
      const file = join(folder, `${owner.replace('|', '-')}.ics`);
      writeFileSync(file, text);
      const { code, err } = await taskward(['import', file, '--user', owner]);
      return { code, err: err.trimEnd().split('\n') };
    },
  };
};
