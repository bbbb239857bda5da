import { SingleBar } from 'cli-progress';
import { io } from '../runtime/io.ts';
import { printNotice } from './output.ts';

/** Shows the progress of long work. */
export interface Progress {
  /** @param value the progress towards the total @param count the number of tasks done, to be displayed */
  update(value: number, count: number): void;
  /** Prints a line above the bar. */
  notice(line: string): void;
  /** Stops updating. */
  stop(): void;
}

const framesPerSecond = 10;

/**
 * Creates a progress bar on standard error if that is a terminal; otherwise it prints notices only.
 * @param total the value at the end, if known
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
