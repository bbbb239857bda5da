const stopSignals = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** What asks a server to stop, by name. */
export type StopSignal = keyof typeof stopSignals;

/** All of `StopSignal`. */
export const stopSignalNames = Object.keys(stopSignals) as StopSignal[];

// One Ctrl-C arrives several times: from the terminal, which sends it to the whole process group, and from npm and
// scripts/start.mjs, which pass on what they get because a supervisor signals a single process.
const repeatMilliseconds = 2_000;

/**
 * Calls `stop` when the process is first told to stop. Being told again ends the process at once, unless it follows so
 * closely that it is the same request on another way.
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
