import { SingleBar } from 'cli-progress';
import { io } from './io.ts';
import { printNotice } from './output.ts';

/** Shows how far some long work is. */
export interface Progress {
  /** @param value of the total @param count how many are done, as a person counts them */
  update(value: number, count: number): void;
  /** Says something in between. */
  notice(line: string): void;
  /** Ends it. */
  stop(): void;
}

const framesPerSecond = 10;

/**
 * A bar on standard error where that is a terminal, and silence elsewhere.
 * @param total what counts as all of it; not always known
 */
export const makeProgress = (label: string, total: number | undefined, isShown = io().stderr.isTTY): Progress => {
  if (!isShown) return { update: () => {}, notice: printNotice, stop: () => {} };
  const { stderr } = io();
  const known = total !== undefined && total > 0;
  const bar = new SingleBar({
    stream: stderr,
    format: known ? `${label} [{bar}] {percentage} % | {count}` : `${label} | {count}`,
    barCompleteChar: '=',
    barIncompleteChar: ' ',
    barsize: 30,
    fps: framesPerSecond,
    hideCursor: true,
    gracefulExit: false,
    linewrap: true,
  });
  bar.start(known ? total : 1, 0, { count: 0 });
  return {
    update: (value, count) => bar.update(known ? Math.min(value, total) : 0, { count: count.toLocaleString('en') }),
    notice(line) {
      stderr.write(`\r\u001b[K${line}\n`);
      bar.render();
    },
    stop: () => bar.stop(),
  };
};
