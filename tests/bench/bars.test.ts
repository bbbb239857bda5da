import { type Judged, judgeResults } from '@taskward/bench/harness/bars.ts';
import type { CellResult, GroupResult } from '@taskward/bench/harness/rounds.ts';
import t from 'tap';

const aSample = (requestsPerSecond: number, p99: number) => ({
  requestsPerSecond,
  requests: requestsPerSecond,
  bytesPerResponse: 100,
  p50: 1,
  p99,
  max: 100,
  badResponses: 0,
  socketErrors: 0,
  stolen: 0,
});

const aCell = (name: string, rate: number, p99 = 10): CellResult => ({ name, samples: [aSample(rate, p99)] });

const aGroup = (title: string, cells: readonly CellResult[], more: Partial<GroupResult> = {}): GroupResult => ({
  title,
  connections: 32,
  cells,
  ...more,
});

const judge = (found: Partial<Judged>) =>
  judgeResults({ groups: [], further: [], memory: {}, coldStarts: {}, ...found });
const met = (found: Partial<Judged>) => judge(found).map(({ against, isMet }) => `${against}: ${isMet}`);

t.test('requests per second have to reach a bar against each peer, and p99 to stay below one', async (t) => {
  const groups = (ours: number, p99: number) => [
    aGroup('list', [aCell('ours', ours, p99), aCell('floor', 100, 10), aCell('go', 100, 10), aCell('best', 100)]),
  ];
  t.strictSame(met({ groups: groups(200, 6) }), [
    'floor: true',
    'go: true',
    'best: false',
    'floor, p99: true',
    'go, p99: true',
  ]);
  t.strictSame(met({ groups: groups(199, 6.1) }), [
    'floor: false',
    'go: true',
    'best: false',
    'floor, p99: false',
    'go, p99: false',
  ]);
});

t.test('writes have bars of their own, and some work has none', async (t) => {
  const cells = [aCell('ours', 150), aCell('floor', 100, 100)];
  t.strictSame(met({ groups: [aGroup('create', cells)] }), ['floor: true', 'floor, p99: true']);
  t.strictSame(met({ groups: [aGroup('mix', cells)] }), ['floor: false', 'floor, p99: true']);
  t.strictSame(met({ groups: [aGroup('simple-mix', cells)] }), []);
});

t.test('a peer that stopped responding is behind every bar', async (t) => {
  const stopped: CellResult = { name: 'documented', samples: [], stopped: '0 responses' };
  t.match(judge({ groups: [aGroup('get', [aCell('ours', 1), stopped])] }), [{ ratio: 'stopped', isMet: true }]);
});

t.test('of two figures of Taskward the second is judged by the first', async (t) => {
  const further = (second: number, more = { atLeast: 0.9 }) => [
    aGroup('scale', [aCell('few', 100), aCell('many', second)], more),
  ];
  t.match(judge({ further: further(90) }), [{ against: 'few', isMet: true, bar: { atLeast: 0.9 } }]);
  t.match(judge({ further: further(89) }), [{ isMet: false }]);
  t.strictSame(judge({ further: [aGroup('scale', [aCell('few', 100), aCell('many', 1)])] }), [], 'without a bar');
});

t.test('memory and cold starts are judged by medians', async (t) => {
  const values = { ours: [100, 115, 900], floor: [100, 100, 1] };
  t.match(judge({ memory: values }), [{ work: 'memory after load', isMet: true }]);
  t.match(judge({ coldStarts: { ours: [161], floor: [100] } }), [{ work: 'cold start', isMet: false }]);
  t.strictSame(judge({ memory: { ours: [1] } }), [], 'not without the floor');
});
