/** Shows the progress of a run. */
export interface Progress {
  /**
   * Shows the next step. On a terminal it updates one line; elsewhere it prints a line when `chapter` changes.
   * @param chapter what several steps have in common
   */
  step(chapter: string, detail: string): void;
  /** Prints a line of its own. */
  notice(line: string): void;
}

const clock = (milliseconds: number) => new Date(milliseconds).toTimeString().slice(0, 5);

/**
 * Makes the progress display of a run, on standard error.
 * @param steps the number of steps
 * @param expectedSeconds the estimated duration of one step
 */
export const makeProgress = (steps: number, expectedSeconds: number): Progress => {
  const { stderr } = process;
  let started = 0;
  let done = -1;
  let shownChapter = '';
  const clear = () => {
    if (stderr.isTTY) stderr.write('\r\u001b[K');
  };
  const end = () => {
    const perStep = done > 3 ? (Date.now() - started) / done : expectedSeconds * 1000;
    const left = Math.max(0, steps - done) * perStep;
    return `about ${Math.ceil(left / 60_000)} min left, until ${clock(Date.now() + left)}`;
  };
  return {
    step(chapter, detail) {
      if (done < 0) started = Date.now();
      done += 1;
      const place = `[${Math.min(done + 1, steps)}/${steps}]`;
      if (stderr.isTTY) {
        clear();
        stderr.write(`${place} ${chapter}: ${detail}; ${end()}`.slice(0, stderr.columns - 1));
      } else if (chapter !== shownChapter) stderr.write(`${place} ${chapter}; ${end()}\n`);
      shownChapter = chapter;
    },
    notice(line) {
      clear();
      stderr.write(`${line}\n`);
    },
  };
};
