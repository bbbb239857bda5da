import type { Spread } from '../harness/statistics.ts';
import { colourCount, element, label, picture, width } from './svg.ts';

/** A bar of a chart: a ratio, with the smallest and the largest of the rounds. */
export interface RatioBar {
  /** What it is compared with. */
  readonly name: string;
  /** `stopped` where the other one stopped responding. */
  readonly ratio: Spread | 'stopped';
  /** What it should reach, or stay below. */
  readonly bar?: number;
}

/** Bars that belong together. */
export interface RatioGroup {
  readonly title: string;
  readonly bars: readonly RatioBar[];
}

/** What is drawn. */
export interface RatioChart {
  readonly title: string;
  /** A line below the title: what the ratio is, and from which run. */
  readonly note: string;
  readonly groups: readonly RatioGroup[];
}

const barHeight = 18;
const barGap = 4;
const titleHeight = 20;
const groupGap = 10;
const top = 78;
const left = 190;
const right = width - 160;
const bottom = 34;

const steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];

/** Returns the steps of the scale around all ratios, of which one is always 1. */
export const scaleSteps = (ratios: readonly number[]): number[] => {
  const [min, max] = [Math.min(1, ...ratios), Math.max(1, ...ratios)];
  const first = steps.findLastIndex((step) => step <= min);
  const last = steps.findIndex((step) => step >= max);
  const [from, to] = [Math.max(0, first), last < 0 ? steps.length - 1 : last];
  return from === to ? steps.slice(from, to + 2) : steps.slice(from, to + 1);
};

// Logarithmic, so that twice and half are as long.
const positionOn = (scale: readonly number[]) => {
  const [from, to] = [Math.log(scale[0] as number), Math.log(scale.at(-1) as number)];
  return (ratio: number): number => {
    const part = (Math.log(ratio) - from) / (to - from);
    return left + Math.min(1, Math.max(0, part)) * (right - left);
  };
};

const shown = ({ median, min, max }: Spread): string =>
  min === max ? `${median.toFixed(2)}×` : `${median.toFixed(2)}× (${min.toFixed(2)}–${max.toFixed(2)})`;

const describe = ({ groups, note }: RatioChart): string =>
  [note, ...groups.map(({ title, bars }) => `${title}: ${bars.map(sentence).join(', ')}`)].join('. ');

const sentence = ({ name, ratio }: RatioBar): string =>
  `${name} ${ratio === 'stopped' ? 'stopped' : `${ratio.median.toFixed(2)}×`}`;

const drawBar = (one: RatioBar, y: number, colour: string, position: (ratio: number) => number): string[] => {
  const { name, ratio, bar } = one;
  const middle = y + barHeight / 2;
  const text = { y: middle + 4 };
  const nameLabel = label(left - 10, text.y, name, { 'text-anchor': 'end' });
  if (ratio === 'stopped') return [nameLabel, label(position(1) + 8, text.y, 'stopped responding', { class: 'small' })];
  const [start, end] = [position(1), position(ratio.median)];
  const furthest = Math.max(start, end, position(ratio.max), position(bar ?? 1));
  return [
    nameLabel,
    element('rect', {
      class: colour,
      x: Math.min(start, end),
      y,
      width: Math.max(1, Math.abs(end - start)),
      height: barHeight,
      rx: 2,
    }),
    element('line', { class: 'one', x1: position(ratio.min), x2: position(ratio.max), y1: middle, y2: middle }),
    ...(bar === undefined
      ? []
      : [
          element('line', {
            class: 'bar-line',
            x1: position(bar),
            x2: position(bar),
            y1: y - 2,
            y2: y + barHeight + 2,
          }),
        ]),
    label(furthest + 8, text.y, shown(ratio), { class: 'small' }),
  ];
};

/** Draws ratios as bars from 1× on a logarithmic scale: each with its spread, its bar if it has one, and its number. */
export const drawRatios = (chart: RatioChart): string => {
  const { title, note, groups } = chart;
  const bars = groups.flatMap((group) => group.bars);
  const numbers = bars.flatMap(({ ratio, bar }) => [
    ...(ratio === 'stopped' ? [] : [ratio.median]),
    ...(bar === undefined ? [] : [bar]),
  ]);
  const scale = scaleSteps(numbers);
  const position = positionOn(scale);
  const names = [...new Set(bars.map(({ name }) => name))];
  const content: string[] = [label(20, 50, note, { class: 'small' })];
  let y = top;
  for (const group of groups) {
    content.push(label(20, y + 13, group.title, { 'font-weight': 600 }));
    y += titleHeight;
    for (const one of group.bars) {
      content.push(...drawBar(one, y, `c${names.indexOf(one.name) % colourCount}`, position));
      y += barHeight + barGap;
    }
    y += groupGap;
  }
  const grid = scale.flatMap((step) => [
    element('line', {
      class: step === 1 ? 'one' : 'grid',
      x1: position(step),
      x2: position(step),
      y1: top - 8,
      y2: y - 6,
    }),
    label(position(step), y + 10, `${step}×`, { class: 'small', 'text-anchor': 'middle' }),
  ]);
  // The lines are behind the bars.
  return picture(y + bottom - 6, title, describe(chart), [...grid, ...content]);
};
