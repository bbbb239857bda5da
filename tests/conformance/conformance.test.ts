import { everyClause, type StyleName } from '@taskward/conformance';
import t from 'tap';
import { runInWorker } from '../support/processes/worker.ts';
import { planted } from './faults.ts';
import type { Job, Noticed } from './planted-worker.ts';

const look = (...jobs: Job[]) => runInWorker<Noticed[]>(new URL('planted-worker.ts', import.meta.url), jobs);

const mostAtOnce = 14;

const clausesOf = (faults: readonly string[]): string[] => faults.flatMap((name) => planted[name]?.breaks ?? []);

// Servers of several faults each, which are noticed by clauses of their own: a server for each would take minutes.
const brokenServers = (style: StyleName) => {
  const servers: { readonly style: StyleName; readonly faults: string[] }[] = [];
  for (const name of Object.keys(planted).filter((name) => planted[name]?.style === style)) {
    const isApart = (faults: readonly string[]) => !clausesOf(faults).some((id) => planted[name]?.breaks.includes(id));
    const server = servers.find(({ faults }) => faults.length < mostAtOnce && isApart(faults));
    if (server === undefined) servers.push({ style, faults: [name] });
    else server.faults.push(name);
  }
  return servers;
};

t.test('every clause has an id of its own, a promise and what to do', async (t) => {
  const ids = everyClause.map(({ id }) => id);
  t.strictSame([...new Set(ids)], ids);
  const odd = everyClause.filter(
    ({ id, says, mend }) => !/^[a-z]+\.[a-z0-9-]+$/.test(id) || !/[.?]$/.test(says) || !/[.?”]$/.test(mend),
  );
  t.strictSame(odd, [], 'ids are in lower case, and the rest is sentences');
});

t.test('servers that break the contract · exactly the clauses that they break fail', async (t) => {
  const halves = [brokenServers('bare'), brokenServers('envelope')].map(async (jobs) => {
    const noticed = await look(...jobs);
    return jobs.map((job, index) => ({ ...job, ...(noticed[index] as Noticed) }));
  });
  for (const servers of await Promise.all(halves)) {
    for (const { style, faults, failed, unchecked, report } of servers) {
      const expected = clausesOf(faults);
      t.strictSame([...failed].sort(), [...expected].sort(), `${style} style: ${faults.join('; ')}`);
      t.strictSame(unchecked, ['tasks.both-styles'], 'everything else was checked');
      for (const id of expected) {
        const lines = `✗ ${id}.*\\n( {4}request .*\\n)?( {4}expected .*\\n)( {4}got .*\\n)( {4}to do .*\\n)`;
        t.match(report, new RegExp(lines), `${id}: what was asked, expected and got, and what to do`);
      }
    }
  }
});

t.test('a server that gives every request the same response · every clause fails on one of them', async (t) => {
  const body = Buffer.from('{}');
  const json = { 'content-type': 'application/json' };
  const cors = { 'access-control-allow-origin': '*' };
  const noticed = await look(
    { says: { status: 200, headers: { ...json, ...cors }, body } },
    { says: { status: 401, headers: json, body } },
  );
  const failed = noticed.flatMap((one) => one.failed);
  t.strictSame(
    everyClause.map(({ id }) => id).filter((id) => !failed.includes(id)),
    [],
  );
});
