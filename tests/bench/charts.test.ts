import { readFileSync } from 'node:fs';
import { drawRatios, scaleSteps } from '@taskward/bench/charts/ratio-chart.ts';
import { drawResults } from '@taskward/bench/charts/result-charts.ts';
import { element, escapeXml } from '@taskward/bench/charts/svg.ts';
import t from 'tap';

const even = (median: number) => ({ median, min: median, max: median });
const widthsOf = (svg: string) =>
  [...svg.matchAll(/<rect class="c\d" x="[\d.]+" y="[\d.]+" width="([\d.]+)"/g)].map(([, width]) => Number(width));

t.test('texts are escaped, numbers are short', async (t) => {
  t.equal(escapeXml('<a & "b">'), '&lt;a &amp; &quot;b&quot;&gt;');
  t.equal(element('rect', { x: 1.26, class: 'a"b' }), '<rect x="1.3" class="a&quot;b"/>');
});

t.test('a scale has 1 on it, and what is drawn within', async (t) => {
  t.strictSame(scaleSteps([1.8, 28]), [1, 2, 5, 10, 20, 50]);
  t.strictSame(scaleSteps([0.56]), [0.5, 1]);
  t.strictSame(scaleSteps([]), [1, 2]);
  t.strictSame(scaleSteps([0.001, 9_999]).at(-1), 100);
});

t.test('twice and half are bars of the same length, on both sides of 1', async (t) => {
  const bars = [2, 0.5, 4].map((ratio) => ({ name: `${ratio}`, ratio: even(ratio) }));
  const [twice = 0, half = 0, fourTimes = 0] = widthsOf(
    drawRatios({ title: '', note: '', groups: [{ title: '', bars }] }),
  );
  t.ok(Math.abs(twice - half) < 0.2);
  t.ok(Math.abs(fourTimes - 2 * twice) < 0.3);
});

t.test('a chart names the peer, its ratio and the bar, in both colour schemes, at 800 pixels', async (t) => {
  const ratio = { median: 1.83, min: 1.66, max: 2.07 };
  const svg = drawRatios({
    title: 'A & B',
    note: 'A note.',
    groups: [
      {
        title: 'list',
        bars: [
          { name: 'floor', ratio, bar: 2 },
          { name: 'usual', ratio: 'stopped' },
        ],
      },
    ],
  });
  for (const part of ['A &amp; B', '>floor<', '1.83× (1.66–2.07)', 'bar-line" x1', 'stopped responding', 'width="800"'])
    t.ok(svg.includes(part), part);
  t.match(svg, /@media\(prefers-color-scheme:dark\)/);
  t.match(svg, /<desc>A note\.. list: floor 1\.83×, usual stopped<\/desc>/);
  t.equal(
    svg.match(/<(text|title|desc|svg|style)[ >]/g)?.length,
    svg.match(/<\/(text|title|desc|svg|style)>/g)?.length,
  );
});

t.test('the charts of the results are those that are drawn from their figures', async (t) => {
  const read = (file: string) => readFileSync(new URL(`../../bench/results/${file}`, import.meta.url), 'utf8');
  const charts = drawResults(JSON.parse(read('peers.json')));
  t.ok(Object.keys(charts).length > 0);
  for (const [name, svg] of Object.entries(charts))
    t.equal(svg, read(`peers-${name}.svg`), `run \`npm run bench:draw\` to renew ${name}`);
});
