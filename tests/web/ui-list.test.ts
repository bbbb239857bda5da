import fc from 'fast-check';
import t from 'tap';
import { commandOf, keysHelp } from '../../apps/web/src/ui/app/commands.ts';
import { makeDrafts } from '../../apps/web/src/ui/app/drafts.ts';
import { gapAt, placeOfGap, placeOfStep } from '../../apps/web/src/ui/list/drag-place.ts';
import { rowsOf, scrollTo, windowOf } from '../../apps/web/src/ui/list/virtual-window.ts';

t.test('The rows in the document are those that are visible, and some beyond', async (t) => {
  const at = (scrolled: number) => windowOf({ scrolled, height: 600, rowHeight: 60 }, 10_000, 5);
  t.strictSame(at(0), { first: 0, end: 15 });
  t.strictSame(at(-300), { first: 0, end: 10 }, 'the list begins further down');
  t.strictSame(at(6_030), { first: 95, end: 116 });
  t.strictSame(at(1_000_000), { first: 10_000, end: 10_000 });
  t.strictSame(windowOf({ scrolled: 0, height: 600, rowHeight: 60 }, 3, 5), { first: 0, end: 3 });
});

t.test('Every visible row is in the window, wherever it is scrolled to', async () => {
  const lengths = fc.record({
    scrolled: fc.integer({ min: -2_000, max: 700_000 }),
    height: fc.integer({ min: 1, max: 3_000 }),
    rowHeight: fc.integer({ min: 20, max: 200 }),
  });
  fc.assert(
    fc.property(lengths, fc.nat(10_000), fc.nat(20), (viewport, count, overscan) => {
      const { first, end } = windowOf(viewport, count, overscan);
      const { scrolled, height, rowHeight } = viewport;
      const isVisible = (row: number) => (row + 1) * rowHeight > scrolled && row * rowHeight < scrolled + height;
      const missing = Array.from({ length: count }, (_, row) => row).filter(
        (row) => isVisible(row) && (row < first || row >= end),
      );
      return first <= end && missing.length === 0 && end - first <= height / rowHeight + 2 * overscan + 2;
    }),
    { numRuns: 200 },
  );
});

t.test('A row that has the focus stays in the document, in its place', async (t) => {
  t.strictSame(rowsOf({ first: 10, end: 13 }, 100, [2, 50]), [2, 10, 11, 12, 50]);
  t.strictSame(rowsOf({ first: 10, end: 13 }, 100, [11, -1, 100]), [10, 11, 12]);
});

t.test('A row is scrolled to only if it is not visible', async (t) => {
  const viewport = { scrolled: 600, height: 600, rowHeight: 60 };
  t.equal(scrollTo(viewport, 12), 0);
  t.equal(scrollTo(viewport, 5), -300);
  t.equal(scrollTo(viewport, 20), 60);
  t.equal(scrollTo(viewport, 10, 50), -50, 'the bar on top covers it');
});

t.test('A dropped row belongs between its new neighbours', async (t) => {
  const keys = [1, 2, 3, 4];
  t.equal(gapAt(29, 60, 4), 0);
  t.equal(gapAt(31, 60, 4), 1);
  t.equal(gapAt(9_999, 60, 4), 4);
  t.equal(gapAt(-50, 60, 4), 0);
  t.equal(placeOfGap(keys, 1, 1), undefined);
  t.equal(placeOfGap(keys, 1, 2), undefined);
  t.strictSame(placeOfGap(keys, 1, 0), { before: 1 });
  t.strictSame(placeOfGap(keys, 1, 3), { after: 3 });
  t.strictSame(placeOfGap(keys, 1, 4), { after: 4 });
  t.strictSame(placeOfGap(keys, 3, 1), { before: 2 });
});

t.test('A step moves a row past one neighbour, and none at an end', async (t) => {
  t.strictSame(placeOfStep([1, 2, 3], 1, -1), { before: 1 });
  t.strictSame(placeOfStep([1, 2, 3], 1, 1), { after: 3 });
  t.equal(placeOfStep([1, 2, 3], 0, -1), undefined);
  t.equal(placeOfStep([1, 2, 3], 2, 1), undefined);
});

t.test('Keys are commands, letters only if they are switched on', async (t) => {
  const key = (name: string, held = {}) => ({ key: name, altKey: false, ctrlKey: false, metaKey: false, ...held });
  t.equal(commandOf(key('j'), true), 'next');
  t.equal(commandOf(key('j'), false), undefined);
  t.equal(commandOf(key('ArrowDown'), false), 'next');
  t.equal(commandOf(key('ArrowDown', { altKey: true }), false), 'move-down');
  t.equal(commandOf(key('z', { ctrlKey: true }), true), undefined, 'the browser’s own undo');
  t.ok(keysHelp.length >= 12);
});

t.test('Drafts outlast a reload, for each user by themselves, and a storage that fails', async (t) => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  };
  makeDrafts(() => storage, 'ada').write('new task', 'Buy');
  t.equal(makeDrafts(() => storage, 'ada').read('new task'), 'Buy');
  t.equal(makeDrafts(() => storage, 'bob').read('new task'), undefined);
  makeDrafts(() => storage, 'ada').write('new task', undefined);
  t.equal(kept.size, 0);

  const blocked = makeDrafts(() => {
    throw new Error('Access is denied.');
  }, 'ada');
  t.equal(blocked.read('new task'), undefined);
  blocked.write('new task', { title: 'Buy' });
  t.strictSame(blocked.read('new task'), { title: 'Buy' });
  blocked.write('new task', undefined);
  t.equal(blocked.read('new task'), undefined);
});
