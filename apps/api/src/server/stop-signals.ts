const stopSignals = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** A signal that asks the server to stop. */
export type StopSignal = keyof typeof stopSignals;

/** All stop signals. */
export const stopSignalNames = Object.keys(stopSignals) as StopSignal[];

// One Ctrl-C arrives several times: the terminal signals the whole process group, and npm and scripts/start.mjs forward
// signals, because a supervisor signals a single process.
const repeatMilliseconds = 2_000;

/**
 * Calls `stop` on the first stop signal. A later one exits at once, unless it follows so closely that it is a duplicate of
 * the first.
 */
export const onStopSignal = (stop: () => void, exit: (code: number) => void = (code) => process.exit(code)): void => {
  let first: number | undefined;
  for (const name of stopSignalNames) {
    process.on(name, () => {
      if (first === undefined) {
        first = performance.now();
        stop();
      } else if (performance.now() - first > repeatMilliseconds) {
        exit(stopSignals[name]);
      }
    });
  }
};
